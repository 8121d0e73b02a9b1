import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../router/test-bed.ts';

const TIMEOUT_MS = 10_000;

/** As much of the router's HTTP/1.1 transport as benchmarks use. */
interface Http1Transport {
  post(request: {
    body: string;
    headers: unknown;
    deadline: { at: number };
    isIdempotent: boolean;
    read: (response: { body: Buffer }) => string;
  }): Promise<string>;
}

interface TransportModules {
  Http1Transport: new (options: object, origin: object) => Http1Transport;
  RequestHeaders: new (record: Readonly<Record<string, string>>) => unknown;
  originOf: (url: URL) => object;
}

/** Posts a query and answers the text that came back. */
export type Post = (body: string, headers?: Readonly<Record<string, string>>) => Promise<string>;

/** The transport of the router that was built last. */
export async function openOwnTransport(url: URL, maxConnections: number): Promise<Post> {
  const { Http1Transport, RequestHeaders, originOf } = await load();
  const options = { subgraph: 'bench', url, timeoutMs: TIMEOUT_MS, maxBytes: 100_000_000, maxConnections };
  const transport = new Http1Transport(options, originOf(url));
  const none = new RequestHeaders({});
  return (body, headers) =>
    transport.post({
      body,
      headers: headers ? new RequestHeaders(headers) : none,
      deadline: { at: performance.now() + TIMEOUT_MS },
      isIdempotent: true,
      read: (response) => response.body.toString('utf8'),
    });
}

async function load(): Promise<TransportModules> {
  const files = ['http1-transport.js', 'subgraph-transport.js', 'connect-socket.js'];
  const modules = files.map(
    (file) =>
      import(pathToFileURL(join(root, 'router/dist/transport', file)).href) as Promise<Partial<TransportModules>>,
  );
  return Object.assign({}, ...(await Promise.all(modules))) as TransportModules;
}
