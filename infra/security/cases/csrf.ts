import { expect } from '@jest/globals';
import type { Answer } from '../src/answer.ts';
import type { Attack } from '../src/attack.ts';
import { exchange, type HttpRequest } from '../src/http.ts';
import { RawSocket } from '../src/socket.ts';
import { transports, plainTransports, streamTransports } from '../src/transports/index.ts';
import { answerFrom } from '../src/transports/websocket.ts';

const BAD = { refused: 400, code: 'BAD_REQUEST' } as const;
const OPERATION = JSON.stringify({ query: '{ me { id } }' });
const EVIL = 'https://evil.test';
const asQuery = (query: string): string => `?query=${encodeURIComponent(query)}`;

/** What a browser sends for a page of another origin without asking first (the "simple" requests of CORS). */
const simple: [name: string, search: string, request: HttpRequest][] = [
  ['GET', asQuery('{ me { id } }'), {}],
  ['GET of a mutation', asQuery('mutation { login(input: { email: "a", password: "b" }) { accessToken } }'), {}],
  ['GET that asks for a stream of events', asQuery('{ me { id } }'), { headers: { accept: 'text/event-stream' } }],
  ['GET with the type of a form', asQuery('{ me { id } }'), { headers: { 'content-type': 'text/plain' } }],
  ['text/plain', '', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: OPERATION }],
  [
    'text/plain that says to be JSON as well',
    '',
    { method: 'POST', headers: { 'content-type': 'text/plain; application/json' }, body: OPERATION },
  ],
  [
    'text/plain with a parameter that says JSON',
    '',
    {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8; profile="application/json"' },
      body: OPERATION,
    },
  ],
  [
    'text/plain that asks for a stream of events',
    '',
    { method: 'POST', headers: { 'content-type': 'text/plain', accept: 'text/event-stream' }, body: OPERATION },
  ],
  [
    'a form',
    '',
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `query=${encodeURIComponent('{ me { id } }')}`,
    },
  ],
  [
    'a form with parts',
    '',
    {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ me { id } }"}\r\n--x--\r\n',
    },
  ],
  ['a body without a type', '', { method: 'POST', body: OPERATION }],
];

const origins = [
  EVIL,
  'null',
  'http://localhost.evil.test',
  'http://127.0.0.1.evil.test',
  'https://studio.apollographql.com.evil.test',
  'https://evil.test/http://localhost',
  'file://',
];

const notAllowed = (_stage: unknown, { headers }: Answer): void =>
  expect(headers).not.toHaveProperty('access-control-allow-origin');

/** Pages of other origins in the browser of somebody who may reach the router. */
export const csrf: readonly Attack[] = [
  ...simple.map(([name, search, request]): Attack => ({
    name: `${name}, from another origin`,
    by: 'HTTP',
    send: (_stage, url) => exchange(`${url}${search}`, { ...request, headers: { origin: EVIL, ...request.headers } }),
    expected: BAD,
    holds: notAllowed,
  })),
  {
    name: 'GET of a mutation, with the header that shows a preflight',
    over: ['GET'],
    operation: { query: 'mutation { login(input: { email: "a", password: "b" }) { accessToken } }' },
    expected: { refused: 405, code: 'BAD_REQUEST' },
  },
  {
    name: 'GET of a mutation behind a query, with the header that shows a preflight',
    over: ['GET'],
    operation: {
      query: 'query A { me { id } } mutation B { login(input: { email: "a", password: "b" }) { accessToken } }',
      operationName: 'B',
    },
    expected: { refused: 405, code: 'BAD_REQUEST' },
  },
  {
    name: 'GET of a subscription, with the header that shows a preflight',
    over: ['GET'],
    operation: { query: 'subscription { stationTelemetry(stationId: "oven-1") { at } }' },
    expected: { nothing: ['BAD_REQUEST', 'OPERATION_NOT_SUPPORTED', 'UNAUTHENTICATED', 'UNAUTHORIZED_FIELD_OR_TYPE'] },
  },
  ...origins.flatMap((origin) =>
    [...plainTransports, 'server-sent events' as const, 'multipart' as const].map((transport): Attack => ({
      name: `a page of ${origin} may not read the answer`,
      by: transport,
      send: (_stage, url) => transports[transport](url, { query: '{ me { id } }' }, { headers: { origin } }),
      expected: { data: { me: null } },
      holds: notAllowed,
    })),
  ),
  ...origins.map((origin): Attack => ({
    name: `a page of ${origin} asks for leave first, and gets none`,
    by: 'HTTP',
    send: (_stage, url) =>
      exchange(url, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      }),
    expected: { status: 204 },
    holds: notAllowed,
  })),
  ...origins.map((origin): Attack => ({
    name: `a page of ${origin} may not open a WebSocket, over which it could read what CORS denies it`,
    by: 'WebSocket',
    send: async (_stage, url) => answerFrom(await RawSocket.open(url, { headers: { origin } })),
    expected: { refused: 403 },
  })),
  {
    name: 'what is not refused: a WebSocket of a page of this machine',
    over: streamTransports,
    headers: () => ({ origin: 'http://localhost:3000' }),
    operation: { query: '{ me { id } }' },
    expected: { data: { me: null } },
  },
];
