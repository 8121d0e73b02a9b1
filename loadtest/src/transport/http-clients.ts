import { Agent, request as requestOverHttp } from 'node:http';
import { join } from 'node:path';
import { Pool } from 'undici';
import { root } from '../router/test-bed.ts';

/** Posts a body and reads the answer whole, as text. */
export interface HttpClient {
  post(body: string): Promise<string>;
}

/** What the benchmark uses of the router's transport. */
interface OwnTransport {
  post(request: {
    body: string;
    headers: unknown;
    deadline: { at: number };
    isIdempotent: boolean;
    read: (response: { body: Buffer }) => string;
  }): Promise<string>;
}

interface OwnModules {
  Http1Transport: new (options: object, origin: object) => OwnTransport;
  RequestHeaders: new (record: object) => unknown;
  originOf: (url: URL) => object;
}

/** As many as there may be requests to one subgraph. */
const CONNECTIONS = 500;
const TIMEOUT_MS = 10_000;
const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** The clients that are compared, by name. Ours is the first. */
export const httpClients: Readonly<Record<string, (url: URL) => HttpClient | Promise<HttpClient>>> = {
  'our client': async (url) => {
    const { Http1Transport, RequestHeaders, originOf } = await ownModules();
    const options = { subgraph: 'bench', url, timeoutMs: TIMEOUT_MS, maxBytes: 1e8, maxConnections: CONNECTIONS };
    const transport = new Http1Transport(options, originOf(url));
    const headers = new RequestHeaders({});
    return {
      post: (body) =>
        transport.post({
          body,
          headers,
          deadline: { at: performance.now() + TIMEOUT_MS },
          isIdempotent: true,
          read: (response) => response.body.toString('utf8'),
        }),
    };
  },
  'undici Pool.dispatch': (url) => {
    const pool = poolOf(url);
    return {
      post: (body) =>
        new Promise((answered, failed) => {
          const chunks: Buffer[] = [];
          pool.dispatch(
            { method: 'POST', path: url.pathname, headers: HEADERS, body },
            {
              onRequestStart: () => {},
              onResponseStart: () => {},
              onResponseData: (_controller, chunk) => void chunks.push(chunk),
              onResponseEnd: () => answered(chunks.length === 1 ? String(chunks[0]) : String(Buffer.concat(chunks))),
              onResponseError: (_controller, error) => failed(error),
            },
          );
        }),
    };
  },
  'undici Pool.request': (url) => {
    const pool = poolOf(url);
    return {
      async post(body) {
        const response = await pool.request({ method: 'POST', path: url.pathname, headers: HEADERS, body });
        return response.body.text();
      },
    };
  },
  'node:http Agent': (url) => {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    return {
      post: (body) =>
        new Promise((answered, failed) => {
          const headers = { ...HEADERS, 'content-length': Buffer.byteLength(body) };
          const sent = requestOverHttp(url, { method: 'POST', agent, headers }, (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
            response.on('end', () => answered(text));
          });
          sent.on('error', failed);
          sent.end(body);
        }),
    };
  },
};

const poolOf = (url: URL): Pool =>
  new Pool(url.origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });

async function ownModules(): Promise<OwnModules> {
  const load = (name: string) => import(join(root, 'router/dist/transport', name)) as Promise<OwnModules>;
  const loaded = await Promise.all(['http1-transport.js', 'subgraph-transport.js', 'connect-socket.js'].map(load));
  return Object.assign({}, ...loaded) as OwnModules;
}
