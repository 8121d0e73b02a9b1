/**
 * A subgraph that answers what the path says: `/<bytes>/<milliseconds>`, so many bytes after so long. Arguments: whether it
 * sets TCP_NODELAY (`true`, `false`).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [, , noDelay = 'true'] = process.argv;
const answers = new Map<number, Buffer>();

function answerOf(bytes: number): Buffer {
  const known = answers.get(bytes) ?? Buffer.from(JSON.stringify({ data: { text: 'x'.repeat(bytes) } }));
  answers.set(bytes, known);
  return known;
}

const server = createServer({ noDelay: noDelay === 'true', keepAliveTimeout: 60_000 }, (req, res) => {
  const [, bytes, ms] = (req.url ?? '').split('/').map(Number);
  const answer = answerOf(bytes ?? 0);
  const send = () =>
    void res.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  req.on('data', () => {});
  req.on('end', () => (ms ? void setTimeout(send, ms) : send()));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
