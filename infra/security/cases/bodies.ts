import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Attack } from '../src/attack.ts';
import { NOT_LOGGED_IN } from '../src/codes.ts';
import { bodyLanes, postRaw } from '../src/raw-body.ts';
import { writeBytes } from '../src/raw-connection.ts';
import { exchange } from '../src/http.ts';

const BAD = { refused: 400, code: 'BAD_REQUEST' } as const;
const TOO_LONG = { refused: 413, code: 'BAD_REQUEST' } as const;
const UNKNOWN_FORM = { refused: 415, code: 'BAD_REQUEST' } as const;

const OPERATION = JSON.stringify({ query: '{ me { id } }' });
const padded = (bytes: number): string => JSON.stringify({ query: '{ me { id } }', padding: 'x'.repeat(bytes) });
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Bodies that are no operation, or too much of one. */
const bodies: [name: string, body: string | Buffer, expected: Attack['expected']][] = [
  ['nothing', '', BAD],
  ['half of JSON', '{"query":"{ me', BAD],
  ['JSON with something behind it', `${OPERATION}}`, BAD],
  ['a number', '1', BAD],
  ['null', 'null', BAD],
  ['a text', '"{ me { id } }"', BAD],
  ['an empty object', '{}', BAD],
  ['an empty list', '[]', BAD],
  ['a batch of operations', `[${OPERATION},${OPERATION}]`, BAD],
  ['a batch of a thousand', `[${Array.from({ length: 1_000 }, () => OPERATION).join(',')}]`, BAD],
  ['a batch by keys', `{"0":${OPERATION},"1":${OPERATION}}`, BAD],
  ['a query that is a list', '{"query":["{ me { id } }"]}', BAD],
  ['a query that is an object', '{"query":{"kind":"Document","definitions":[]}}', BAD],
  ['variables that are a text', '{"query":"{ me { id } }","variables":"{}"}', BAD],
  ['variables that are a list', '{"query":"{ me { id } }","variables":[1]}', BAD],
  ['an operation name that is an object', '{"query":"{ me { id } }","operationName":{"$ne":null}}', BAD],
  ['extensions that are a text', '{"query":"{ me { id } }","extensions":"{}"}', BAD],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]), BAD],
  ['lists in lists, 200,000 of them', nested(200_000), BAD],
  ['lists in lists beside a query', `{"query":"{ me { id } }","more":${nested(50_000)}}`, { data: { me: null } }],
  [
    'lists in lists in variables that nobody declared',
    `{"query":"{ me { id } }","variables":{"a":${nested(50_000)}}}`,
    { data: { me: null } },
  ],
  ['a byte order mark before it', `\uFEFF${OPERATION}`, { data: { me: null } }],
  ['two byte order marks before it', `\uFEFF\uFEFF${OPERATION}`, BAD],
  ['2 MB', padded(2_000_000), TOO_LONG],
  ['a little more than 1 MB', padded(1_048_576), TOO_LONG],
];

const SUBSCRIPTION = `{"query":"subscription { stationTelemetry(stationId: \\"a\\") { at } }","variables":{"a":${nested(50_000)}}}`;

/** Compressed bodies that become long, or are none. */
const compressed: [name: string, encoding: string, body: Buffer, expected: Attack['expected']][] = [
  ['50 MB in 50 KB (gzip)', 'gzip', gzipSync(padded(50_000_000)), TOO_LONG],
  ['50 MB in 50 KB (deflate)', 'deflate', deflateSync(padded(50_000_000)), TOO_LONG],
  ['50 MB in a few bytes (brotli)', 'br', brotliCompressSync(padded(50_000_000)), TOO_LONG],
  ['gzip within gzip', 'gzip', gzipSync(gzipSync(OPERATION)), BAD],
  ['what says to be gzip and is not', 'gzip', Buffer.from(OPERATION), BAD],
  ['gzip that breaks off', 'gzip', gzipSync(padded(1_000)).subarray(0, 40), BAD],
  ['an encoding that nobody knows', 'x-zip', Buffer.from(OPERATION), UNKNOWN_FORM],
  ['two encodings', 'gzip, gzip', gzipSync(gzipSync(OPERATION)), UNKNOWN_FORM],
];

/** Only UTF-8 is JSON (RFC 8259, 8.1); what else a library can decode is one more thing to attack. */
const charsets: readonly string[] = [
  'utf-7',
  'utf-32',
  'utf-8; charset=utf-7',
  'utf-8; profile=x; charset=utf-16',
  '"',
  'ucs2',
  'x-user-defined',
  'x'.repeat(5_000),
];

/** Types that are JSON in UTF-8 for all that. */
const oddTypes: readonly string[] = [
  'application/json; charset=utf-8; profile=x',
  'application/json; profile="x; charset=utf-16"; charset="UTF-8"',
  'APPLICATION/JSON;;charset=utf8;',
];

const head = (...lines: string[]): string =>
  ['POST /graphql HTTP/1.1', 'host: router', 'content-type: application/json', ...lines, '', ''].join('\r\n');

/** Requests that are not quite HTTP. */
const malformed: [name: string, bytes: string | Buffer, expected: Attack['expected']][] = [
  ['a body that ends before its length', head('content-length: 1000') + OPERATION, { refused: 400 }],
  ['a body of chunks that ends within one', `${head('transfer-encoding: chunked')}40\r\n{"query":`, { refused: 400 }],
  ['a chunk of no length', `${head('transfer-encoding: chunked')}zz\r\n`, { refused: 400 }],
  ['two lengths', `${head('content-length: 5', `content-length: ${OPERATION.length}`)}${OPERATION}`, { refused: 400 }],
  [
    'a length and chunks',
    `${head(`content-length: ${OPERATION.length}`, 'transfer-encoding: chunked')}0\r\n\r\n`,
    { refused: 400 },
  ],
  ['a negative length', `${head('content-length: -1')}${OPERATION}`, { refused: 400 }],
  ['32 KB of headers', head(`x-long: ${'x'.repeat(32_000)}`), { refused: 431 }],
  ['thousands of headers', head(...Array.from({ length: 4_000 }, (_none, n) => `x-${n}: 1`)), { refused: 431 }],
  [
    'thousands of headers on the way to a WebSocket',
    [
      'GET /graphql HTTP/1.1',
      'host: router',
      'upgrade: websocket',
      'connection: upgrade',
      ...Array.from({ length: 4_000 }, (_none, n) => `x-${n}: 1`),
      '',
      '',
    ].join('\r\n'),
    { refused: 431 },
  ],
  ['a URL of 20 KB', `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: router\r\n\r\n`, { refused: 431 }],
  ['no HTTP', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00]), { refused: 400 }],
];

/** What is sent in place of an operation. */
export const bodyAttacks: readonly Attack[] = [
  ...bodies.flatMap(([name, body, expected]) =>
    bodyLanes.map((lane): Attack => ({
      name,
      by: lane,
      send: (_stage, url) => postRaw(url, lane, body),
      expected,
    })),
  ),
  ...bodyLanes.map((lane): Attack => ({
    name: 'lists in lists in variables of a subscription that nobody declared',
    by: lane,
    send: (_stage, url) => postRaw(url, lane, SUBSCRIPTION),
    expected: { nothing: ['OPERATION_NOT_SUPPORTED', 'BAD_REQUEST', ...NOT_LOGGED_IN] },
  })),
  ...compressed.map(([name, encoding, body, expected]): Attack => ({
    name,
    by: 'compatibility lane',
    send: (_stage, url) => postRaw(url, 'compatibility lane', body, { 'content-encoding': encoding }),
    expected,
  })),
  ...(['server-sent events', 'multipart'] as const).map((lane): Attack => ({
    name: 'a compressed body, where a stream is asked for',
    by: lane,
    send: (_stage, url) => postRaw(url, lane, gzipSync(padded(50_000_000)), { 'content-encoding': 'gzip' }),
    expected: UNKNOWN_FORM,
  })),
  ...charsets.map((charset): Attack => ({
    name: `charset=${charset.slice(0, 30)}`,
    by: 'HTTP',
    send: (_stage, url) =>
      postRaw(url, 'fast lane', OPERATION, { 'content-type': `application/json; charset=${charset}` }),
    expected: UNKNOWN_FORM,
  })),
  ...oddTypes.flatMap((type) =>
    bodyLanes.map((lane): Attack => ({
      name: `what is not refused: the type ${type}`,
      by: lane,
      send: (_stage, url) => postRaw(url, lane, OPERATION, { 'content-type': type }),
      expected: { data: { me: null } },
    })),
  ),
  ...['application/json;q=0', '*/*;q=0', 'text/event-stream;q=0', 'text/html'].flatMap((accept) =>
    (['fast lane', 'compatibility lane'] as const).map((lane): Attack => ({
      name: `an answer that is not accepted: ${accept}`,
      by: lane,
      send: (_stage, url) => postRaw(url, lane, OPERATION, { accept }),
      expected: { refused: 406, code: 'BAD_REQUEST' },
    })),
  ),
  ...malformed.map(([name, bytes, expected]): Attack => ({
    name,
    by: 'TCP',
    send: (_stage, url) => writeBytes(url, bytes),
    expected,
  })),
  {
    name: '20 MB: whether the answer is read or not, it is cut off',
    by: 'TCP',
    send: (_stage, url) =>
      writeBytes(url, head('content-length: 20000000') + ' '.repeat(20_000_000), { cutOffAs: 413 }),
    expected: { refused: 413 },
  },
  {
    name: 'chunks without end',
    by: 'TCP',
    send: (_stage, url) =>
      writeBytes(url, head('transfer-encoding: chunked') + `8000\r\n${' '.repeat(32_768)}\r\n`.repeat(600), {
        cutOffAs: 413,
      }),
    expected: { refused: 413 },
  },
  ...['PUT', 'DELETE', 'PATCH', 'TRACE', 'HEAD'].map((method): Attack => ({
    name: `the method ${method}`,
    by: 'HTTP',
    send: (_stage, url) =>
      exchange(url, {
        method,
        headers: { 'content-type': 'application/json' },
        body: method === 'HEAD' ? '' : OPERATION,
      }),
    expected: { refused: 405 },
  })),
];
