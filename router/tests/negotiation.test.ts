import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';

const QUERY = '{ me { id } }';
const TICKS = 'subscription { ticked { n } }';

describe('the types of bodies and answers', () => {
  let world: ServedWorld;
  beforeAll(async () => {
    world = await ServedWorld.open(supergraphs['subscriptions'] ?? {});
  });
  afterAll(() => world.close());

  const request = (body: string | Buffer, headers: Record<string, string>, search = '') =>
    fetch(world.url + search, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(20_000),
    });
  /** The ways in which a POST comes to each lane. */
  const ways: Readonly<Record<string, (body: string | Buffer, headers?: Record<string, string>) => Promise<Response>>> =
    {
      'the fast lane': (body, headers = {}) => request(body, headers),
      'the compatibility lane': (body, headers = {}) => request(body, headers, '?'),
      'the compatibility lane, compressed': (body, headers = {}) =>
        request(gzipSync(body), { 'content-encoding': 'gzip', ...headers }),
      'the stream lane': (body, headers = {}) =>
        request(body, { ...headers, accept: `${headers.accept ?? '*/*'}, text/event-stream` }),
    };
  const operation = (query: string) => JSON.stringify({ query });

  describe.each(Object.entries(ways))('%s', (_name, send) => {
    test.each([
      'application/json; charset=utf-8; profile=x',
      'application/json; profile="a;charset=utf-16"; charset="UTF-8"',
      'Application/JSON;;charset=utf8;',
    ])('a body of the type %s is read', async (type) => {
      const response = await send(operation(QUERY), { 'content-type': type });
      expect([response.status, await response.json()]).toMatchObject([
        200,
        { data: { me: { id: expect.any(String) } } },
      ]);
    });

    test.each<[string, number]>([
      ['application/json; charset=utf-16', 415],
      ['application/json; profile=x; charset=utf-7', 415],
      ['application/json; charset=utf-8; charset=utf-7', 415],
      ['text/plain', 400],
      ['text/plain; x="application/json"', 400],
      ['multipart/form-data; boundary=x', 400],
    ])('a body of the type %s is refused', async (type, status) => {
      const response = await send(operation(QUERY), { 'content-type': type });
      expect([response.status, await response.json()]).toMatchObject([
        status,
        { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
      ]);
    });

    test('a byte order mark before the body is ignored, two are not', async () => {
      const response = await send(Buffer.from(`\uFEFF${operation(QUERY)}`));
      expect([response.status, await response.json()]).toMatchObject([200, { data: {} }]);
      expect((await send(Buffer.from(`\uFEFF\uFEFF${operation(QUERY)}`))).status).toBe(400);
    });

    test.each<[string, string]>([
      ['application/json', 'application/json; charset=utf-8'],
      ['application/json;q=0, */*;q=0.5', 'application/graphql-response+json; charset=utf-8'],
      ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json; charset=utf-8'],
      ['application/graphql-response+json;q=0.8, application/json;q=0.9', 'application/json; charset=utf-8'],
    ])('who accepts %s is answered %s, refused or not', async (accept, type) => {
      for (const [query, status] of [
        [QUERY, 200],
        ['{ nothing }', 400],
      ] as const) {
        const response = await send(operation(query), { accept });
        expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
      }
    });
  });

  test.each(Object.keys(ways).filter((name) => name !== 'the stream lane'))(
    '%s: who accepts nothing that there is, is told so before anything is executed',
    async (name) => {
      world.asked.length = 0;
      for (const accept of ['application/json;q=0', 'text/html', 'text/event-stream;q=0', '*/*;q=0']) {
        const response = await ways[name]?.(operation(QUERY), { accept });
        expect([accept, response?.status]).toEqual([accept, 406]);
      }
      expect(world.asked).toEqual([]);
    },
  );

  test.each<[string, string, string]>([
    ['a query', QUERY, 'application/json, text/event-stream'],
    ['a query', QUERY, 'text/event-stream, application/json;q=0.1'],
    ['a query', QUERY, '*/*, multipart/mixed;subscriptionSpec=1.0'],
    ['a query', QUERY, 'text/event-stream;q=0, application/json'],
    ['a subscription', TICKS, 'text/event-stream;q=0, */*'],
    ['a subscription', TICKS, 'multipart/mixed;subscriptionSpec=1.0;q=0, application/json'],
  ])('%s %j of who accepts %s is answered as JSON', async (_what, query, accept) => {
    const response = await request(operation(query), { accept });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    await response.json();
  });

  test.each<[string, string, string]>([
    [QUERY, 'text/event-stream', 'text/event-stream'],
    [QUERY, 'text/event-stream, application/json;q=0', 'text/event-stream'],
    [QUERY, 'multipart/mixed;subscriptionSpec=1.0', 'multipart/mixed'],
    [TICKS, 'application/json, text/event-stream', 'text/event-stream'],
    [TICKS, 'text/event-stream;q=0.1, multipart/mixed;boundary=graphql;subscriptionSpec=1.0', 'multipart/mixed'],
    [TICKS, 'text/event-stream;q=0, multipart/mixed, application/json', 'multipart/mixed'],
  ])('%s of who accepts %s is answered as %s', async (query, accept, type) => {
    const response = await request(operation(query), { accept });
    expect([response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([200, type]);
    await response.body?.cancel();
  });

  test('a compressed query of who accepts a stream, too, is answered as JSON', async () => {
    const headers = { accept: 'application/json, text/event-stream', 'content-encoding': 'gzip' };
    const response = await request(gzipSync(operation(QUERY)), headers);
    expect([response.status, await response.json()]).toMatchObject([200, { data: {} }]);
  });

  test('a message over WebSocket may begin with a byte order mark', async () => {
    const socket = new WebSocket(world.url.replace('http', 'ws'), 'graphql-transport-ws');
    const told = await new Promise((resolve) => {
      socket.once('open', () => socket.send('\uFEFF{"type":"connection_init"}'));
      socket.once('message', (data) => resolve(JSON.parse(String(data))));
      socket.once('close', resolve);
    });
    socket.terminate();
    expect(told).toEqual({ type: 'connection_ack' });
  });
});
