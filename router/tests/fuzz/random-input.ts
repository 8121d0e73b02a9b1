import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { GraphQLSchema } from 'graphql';
import { Random } from '../../../infra/fuzz/src/random.ts';
import type { Frame, Input } from './input.ts';
import { mutate, randomText } from './random-text.ts';

const NAMES: readonly unknown[] = [
  undefined,
  undefined,
  undefined,
  '',
  null,
  'Random',
  'A',
  '__proto__',
  'constructor',
  '\n{ me { id } }',
  'x'.repeat(2_000),
  1,
  {},
];
const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-8; profile=x',
  'APPLICATION/JSON;;v="a;b"',
  'application/json; charset=utf-16',
  'application/json; charset="',
  'application/json, text/plain',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  ';',
];
const ACCEPTS = [
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
  'text/event-stream',
  'text/event-stream;q=0',
  'application/json, text/event-stream',
  'multipart/mixed;boundary=graphql;subscriptionSpec=1.0, application/json',
  'multipart/mixed;subscriptionSpec=1.0',
  'application/json;q=0',
  'text/html',
  ',,;q=,"',
];
const PATHS = [
  '/graphql?',
  '/graphql?a=b',
  '/graphql/',
  '//graphql',
  '/',
  '/graphql%00',
  '/nothing',
  '/health/live',
  '*',
];
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'PATCH', 'CONNECT', 'get', 'NONSENSE'];
/** Headers that change nothing, or must not. */
const OTHER_HEADERS = [
  'x-correlation-id: abc',
  `x-correlation-id: ${'x'.repeat(500)}`,
  'traceparent: 00-zz-zz-01',
  'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'origin: https://evil.test',
  'cookie: a=b',
  'authorization: Basic x',
  'authorization: Bearer a.b.c',
  'expect: 100-continue',
  'expect: nothing',
  'x-forwarded-for: 1.2.3.4, nonsense',
  'apollo-require-preflight: 1',
  'x-apollo-operation-name: A',
  `x-long: ${'x'.repeat(9_000)}`,
  `x-longer: ${'x'.repeat(20_000)}`,
  'te: trailers',
  'upgrade: h2c',
  'connection: upgrade',
  'host: other',
  'content-length: 3',
  'content-length: -1',
  'transfer-encoding: chunked',
  'transfer-encoding: gzip, chunked',
  'x y: z',
  'x: \0',
  ': x',
];

/** Makes inputs, each of its own random numbers. */
export function randomInput(schema: GraphQLSchema, random: Random): Input {
  const dice = random.next();
  if (dice < 0.4) return operationByPost(schema, random);
  if (dice < 0.5) return operationByGet(schema, random);
  if (dice < 0.65) return { kind: 'socket operation', payload: randomRequest(schema, random) };
  if (dice < 0.75) return socketInput(schema, random);
  if (dice < 0.82) return pipelined(schema, random);
  return brokenHttp(schema, random);
}

function randomRequest(schema: GraphQLSchema, random: Random): Record<string, unknown> {
  // Some texts come again and again, of other clients and with other names: what is kept of one must not reach another.
  const { text, variables } = randomText(schema, random.chance(0.3) ? new Random(random.int(10)) : random);
  const request: Record<string, unknown> = { query: text };
  const operationName = random.pick(NAMES);
  if (operationName !== undefined) request.operationName = operationName;
  if (random.chance(0.6)) request.variables = random.chance(0.8) ? variables : oddValue(random);
  if (random.chance(0.1)) request.extensions = oddExtensions(text, random);
  if (random.chance(0.03)) delete request.query;
  if (random.chance(0.03)) request.query = oddValue(random);
  return request;
}

const oddValue = (random: Random): unknown =>
  random.pick<unknown>([
    null,
    [],
    'text',
    1,
    true,
    { a: null },
    JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    JSON.parse(`{"v0":${'['.repeat(3_000)}${']'.repeat(3_000)}}`),
    { v0: 'x'.repeat(10_000), c0: 'yes', v1: 2 ** 60 },
  ]);

/** Hashes that nobody has sent with their text before: what is known by its hash is what somebody has sent. */
function oddExtensions(text: string, random: Random): unknown {
  const unknown = createHash('sha256').update(`${random.next()}`).digest('hex');
  const persisted = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });
  return random.pick<() => unknown>([
    () => oddValue(random),
    () => persisted(unknown),
    () => persisted('x'.repeat(1_000)),
    () => persisted('__proto__'),
    () => persisted(createHash('sha256').update(text).digest('hex'), 2),
    () => persisted({}),
    () => ({ persistedQuery: [] }),
  ])();
}

function operationByPost(schema: GraphQLSchema, random: Random): Input {
  const request = randomRequest(schema, random);
  let body = Buffer.from(JSON.stringify(request));
  const headers: string[] = [];
  if (random.chance(0.1)) body = Buffer.concat([Buffer.from('\uFEFF'), body]);
  if (random.chance(0.1)) body = Buffer.from(mutate(body.toString('latin1'), random), 'latin1');
  if (random.chance(0.1)) {
    body = gzipSync(body);
    headers.push('content-encoding: gzip');
    if (random.chance(0.2)) body = body.subarray(0, random.int(body.length));
  } else if (random.chance(0.03)) headers.push(`content-encoding: ${random.pick(['br', 'x', 'gzip, gzip', ''])}`);
  headers.push(`content-type: ${random.chance(0.7) ? 'application/json' : random.pick(CONTENT_TYPES)}`);
  if (random.chance(0.6)) headers.push(`accept: ${random.pick(ACCEPTS)}`);
  if (random.chance(0.1)) headers.push(random.pick(OTHER_HEADERS.slice(0, 13)));
  const path = random.chance(0.85) ? '/graphql' : random.pick(PATHS);
  const bytes = http('POST', path, headers, body);
  return { kind: 'bytes', what: 'operation by POST', parts: cut(bytes, random), ending: 'wait', isComparable: true };
}

function operationByGet(schema: GraphQLSchema, random: Random): Input {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(randomRequest(schema, random))) {
    parameters.append(name, typeof value === 'string' ? value : JSON.stringify(value));
    if (random.chance(0.02)) parameters.append(name, 'twice');
  }
  const search = random.chance(0.9) ? parameters.toString() : mutate(parameters.toString(), random);
  const headers = random.chance(0.8) ? ['apollo-require-preflight: 1'] : [];
  if (random.chance(0.4)) headers.push(`accept: ${random.pick(ACCEPTS)}`);
  if (random.chance(0.1)) headers.push(`content-type: ${random.pick(CONTENT_TYPES)}`);
  const path = `/graphql?${search.replaceAll(/[^\x21-\x7E]/g, '%')}`;
  const parts = [http('GET', path, headers)];
  return { kind: 'bytes', what: 'operation by GET', parts, ending: 'wait', isComparable: true };
}

function pipelined(schema: GraphQLSchema, random: Random): Input {
  const requests = Array.from({ length: 2 + random.int(6) }, () =>
    http(
      'POST',
      '/graphql',
      ['content-type: application/json', ...(random.chance(0.2) ? [random.pick(OTHER_HEADERS)] : [])],
      Buffer.from(JSON.stringify(randomRequest(schema, random))),
      random.chance(0.1),
    ),
  );
  const last = http('POST', '/graphql', ['content-type: application/json'], Buffer.from('{"query":"{ me { id } }"}'));
  return {
    kind: 'bytes',
    what: 'pipelined requests',
    parts: cut(Buffer.concat([...requests, last]), random),
    ending: random.pick(['wait', 'wait', 'vanish']),
    isComparable: false,
  };
}

/** What is not quite HTTP, or not all of it. */
function brokenHttp(schema: GraphQLSchema, random: Random): Input {
  const body = Buffer.from(JSON.stringify(randomRequest(schema, random)));
  const headers = ['content-type: application/json'];
  for (let count = random.int(4); count > 0; count -= 1) headers.push(random.pick(OTHER_HEADERS));
  if (random.chance(0.1)) for (let count = 0; count < 3_000; count += 1) headers.push(`x-${count}: 1`);
  const method = random.chance(0.6) ? 'POST' : random.pick(METHODS);
  const path = random.chance(0.7) ? '/graphql' : random.pick(PATHS);
  let bytes = http(method, path, headers, body);
  if (random.chance(0.4)) bytes = Buffer.from(mutate(bytes.toString('latin1'), random), 'latin1');
  if (random.chance(0.5)) bytes = bytes.subarray(0, random.int(bytes.length + 1));
  if (random.chance(0.05)) bytes = Buffer.from(Array.from({ length: random.int(3_000) }, () => random.int(256)));
  return {
    kind: 'bytes',
    what: 'broken HTTP',
    parts: cut(bytes, random),
    ending: random.pick(['wait', 'vanish', 'hold', 'end']),
    isComparable: false,
  };
}

const http = (method: string, path: string, headers: readonly string[], body?: Buffer, close = true): Buffer =>
  Buffer.concat([
    Buffer.from(
      [
        `${method} ${path} HTTP/1.1`,
        'host: router',
        ...(close ? ['connection: close'] : []),
        ...(body ? [`content-length: ${body.length}`] : []),
        ...headers,
        '',
        '',
      ].join('\r\n'),
      'latin1',
    ),
    ...(body ? [body] : []),
  ]);

/** The same bytes, in as many parts as chance has it. */
function cut(bytes: Buffer, random: Random): Buffer[] {
  if (random.chance(0.7)) return [bytes];
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = 1 + random.int(random.chance(0.5) ? 20 : bytes.length);
    parts.push(bytes.subarray(at, at + length));
    at += length;
    if (parts.length === 20) return [...parts, bytes.subarray(at)];
  }
  return parts;
}

const IDS: readonly unknown[] = ['1', '1', '2', '', '__proto__', 'constructor', 'x'.repeat(3_000), 1, null, {}];
const SUBSCRIPTIONS = [
  'subscription { ticked { n } }',
  'subscription { ticked(id: "a") { n product { id name } } }',
  'subscription { alarm { n owner { email } } }',
  'subscription { logged { n place } }',
  'subscription { ticked { n } alarm { n } }',
];

function socketInput(schema: GraphQLSchema, random: Random): Input {
  const frames: Frame[] = [];
  if (random.chance(0.85))
    frames.push(say({ type: 'connection_init', ...(random.chance(0.2) && { payload: oddValue(random) }) }));
  for (let count = random.int(8); count > 0; count -= 1) frames.push(randomFrame(schema, random));
  return { kind: 'socket', frames, ending: random.pick(['wait', 'wait', 'vanish']) };
}

const say = (message: unknown): Frame => ({ text: JSON.stringify(message) });

function randomFrame(schema: GraphQLSchema, random: Random): Frame {
  const id = random.pick(IDS);
  const dice = random.next();
  if (dice < 0.35) return say({ id, type: 'subscribe', payload: randomRequest(schema, random) });
  if (dice < 0.55) return say({ id, type: 'subscribe', payload: { query: random.pick(SUBSCRIPTIONS) } });
  if (dice < 0.7) return say({ id, type: 'complete' });
  if (dice < 0.75) return say({ type: 'ping', payload: oddValue(random) });
  if (dice < 0.8)
    return say({
      id,
      type: random.pick(['next', 'error', 'connection_ack', 'start', 'pong', 1]),
      payload: oddValue(random),
    });
  if (dice < 0.85) return { text: mutate('{"id":"1","type":"subscribe","payload":{"query":"{ me { id } }"}}', random) };
  if (dice < 0.88) return { text: 'x'.repeat(random.int(120_000)) };
  if (dice < 0.94) return { binary: Buffer.from('{"type":"connection_init"}') };
  return { raw: Buffer.from(Array.from({ length: 1 + random.int(30) }, () => random.int(256))) };
}
