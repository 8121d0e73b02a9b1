/**
 * A door that looks at nothing: each request goes on to one server, over the router's own transport, and what that
 * answers comes back as it is. What a router on node:http costs at the least when it asks one subgraph.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , repository = '', upstreamPort = '', port = '0'] = process.argv;

interface Transport {
  post<T>(
    body: string,
    headers: { text: string; isAscii: boolean },
    timeoutMs: number,
    read: (response: { body: Buffer }) => T,
  ): Promise<T>;
}
type TransportModule = {
  PipelinedTransport: new (options: { subgraph: string; url: URL; timeoutMs: number; mostBytes: number }) => Transport;
};
const file = join(repository, 'router/dist/transport/pipelined-transport.js');
const { PipelinedTransport } = (await import(pathToFileURL(file).href)) as TransportModule;
const transport = new PipelinedTransport({
  subgraph: 'upstream',
  url: new URL(`http://127.0.0.1:${upstreamPort}/`),
  timeoutMs: 10_000,
  mostBytes: 10_000_000,
});

createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const text = `x-operation: ${String(req.headers['x-operation'])}\r\n`;
    const read = ({ body }: { body: Buffer }) => body.toString();
    void transport.post(Buffer.concat(chunks).toString(), { text, isAscii: true }, 10_000, read).then((body) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
    });
  });
}).listen(Number(port), '127.0.0.1');
