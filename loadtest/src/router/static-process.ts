/** The floor: node:http that reads a request and answers always the same, without GraphQL. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , file = '', port = '0'] = process.argv;
const answers = new Map(
  Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>).map(([name, text]) => [
    name,
    Buffer.from(text),
  ]),
);

createServer((req, res) => {
  req.on('data', () => {});
  req.on('end', () => {
    const answer = answers.get(String(req.headers['x-operation'])) ?? Buffer.from('{}');
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  });
}).listen(Number(port), '127.0.0.1');
