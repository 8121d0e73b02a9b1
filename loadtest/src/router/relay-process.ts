/**
 * A door that looks at nothing: each request goes on to one server, over the router's own transport, and what that
 * answers comes back as it is. What a router on node:http costs at the least when it asks one subgraph.
 */
import { createServer } from 'node:http';
import { openOwnTransport } from '../transport/own-transport.ts';

const [, , upstreamPort = '', port = '0'] = process.argv;
const post = await openOwnTransport(new URL(`http://127.0.0.1:${upstreamPort}/`), 500);

createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const headers = { 'x-operation': String(req.headers['x-operation']) };
    void post(Buffer.concat(chunks).toString(), headers).then((body) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
    });
  });
}).listen(Number(port), '127.0.0.1');
