/** Every subgraph of a folder of SDL files at its own path of one port: `/<name>`; what was asked once is kept. */
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, parse as parsePath } from 'node:path';
import { createPublicKey } from 'node:crypto';
import { SyntheticSubgraph } from './synthetic-subgraph.ts';

const [, , folder = '', publicKeyPem = ''] = process.argv;
const subgraphs = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => [parsePath(name).name, new SyntheticSubgraph(readFileSync(join(folder, name), 'utf8'))]),
);
const jwks = JSON.stringify({
  keys: publicKeyPem
    ? [{ ...createPublicKey(publicKeyPem).export({ format: 'jwk' }), kid: 'bench', alg: 'EdDSA' }]
    : [],
});

const server = createServer((req, res) => {
  if (req.url === '/jwks') return void res.writeHead(200, { 'content-type': 'application/json' }).end(jwks);
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const subgraph = subgraphs.get(req.url?.slice(1) ?? '');
    if (!subgraph) return void res.writeHead(404).end();
    subgraph.answer(Buffer.concat(chunks).toString()).then(
      (answer) =>
        res.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer),
      (error: Error) => res.writeHead(500).end(error.message),
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
