import { gzipSync } from 'node:zlib';
import WebSocket from 'ws';

/** A GraphQL request as a client writes it; fields may have any value. */
export interface LaneRequest {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/** What a client is told: of a subscription, the first event. */
export interface Outcome {
  /** Of HTTP; absent over WebSocket. */
  readonly status?: number;
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
  /** The WebSocket was closed with this code in place of an answer. */
  readonly closeCode?: number;
}

export type Headers = Readonly<Record<string, string>>;
export type AskOver = (url: string, request: LaneRequest, headers?: Headers) => Promise<Outcome>;

async function post(url: string, body: string | Buffer, headers: Headers): Promise<Outcome> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return outcomeOf(response.status, response.headers.get('content-type') ?? '', await response.text());
}

/** The GraphQL response in an HTTP response, whatever its form. */
function outcomeOf(status: number, type: string, text: string): Outcome {
  let json: string | undefined = text;
  if (type.startsWith('text/event-stream')) json = /^event: next\ndata: (.*)$/m.exec(text)?.[1];
  if (type.startsWith('multipart/mixed')) json = /\r\n\r\n\{"payload":(.*)\}\r\n--graphql/.exec(text)?.[1];
  if (json === undefined) throw new Error(`no GraphQL response: ${text}`);
  return { status, ...(JSON.parse(json) as Outcome) };
}

const search = (request: LaneRequest): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(request)) {
    if (value !== undefined) parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return parameters.toString();
};

const overWebSocket: AskOver = (url, request, headers = {}) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
    const finish = (outcome: Outcome) => {
      socket.terminate();
      resolve(outcome);
    };
    socket.once('error', reject);
    socket.once('close', (closeCode) => finish({ closeCode }));
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data)) as { type: string; payload: never };
      if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: request }));
      if (type === 'next') finish(payload);
      if (type === 'error') finish({ errors: payload });
    });
  });

/** Each way in which a client can send an operation to the router. */
export const everyLane: Readonly<Record<string, AskOver>> = {
  'POST, fast lane': (url, request, headers = {}) => post(url, JSON.stringify(request), headers),
  // With a search part it is not for the fast lane.
  'POST, compatibility lane': (url, request, headers = {}) => post(`${url}?`, JSON.stringify(request), headers),
  'POST, compressed': (url, request, headers = {}) =>
    post(url, gzipSync(JSON.stringify(request)), { 'content-encoding': 'gzip', ...headers }),
  async GET(url, request, headers = {}) {
    const response = await fetch(`${url}?${search(request)}`, {
      headers: { 'apollo-require-preflight': '1', ...headers },
    });
    return outcomeOf(response.status, response.headers.get('content-type') ?? '', await response.text());
  },
  WebSocket: overWebSocket,
  'server-sent events': (url, request, headers = {}) =>
    post(url, JSON.stringify(request), { accept: 'text/event-stream', ...headers }),
  multipart: (url, request, headers = {}) =>
    post(url, JSON.stringify(request), { accept: 'multipart/mixed;subscriptionSpec=1.0', ...headers }),
};
