import { Agent, request as requestOverHttp } from 'node:http';
import { Pool } from 'undici';
import { openOwnTransport } from './own-transport.ts';

/** Posts a body and reads the answer whole, as text. */
export interface HttpClient {
  post(body: string): Promise<string>;
}

/** As many as there may be requests to one subgraph. */
const CONNECTIONS = 500;
const TIMEOUT_MS = 10_000;
const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** The clients that are compared, by name. Ours is the first. */
export const httpClients: Readonly<Record<string, (url: URL) => HttpClient | Promise<HttpClient>>> = {
  'our client': async (url) => ({ post: await openOwnTransport(url, CONNECTIONS) }),
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
