import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import WebSocket from 'ws';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';
import { codeOf, transports, until, type Request, type Watching } from './worlds/transports.ts';

const SECRET = 's'.repeat(32);
const TICKS = 'subscription Ticks { ticked { n product { id name } owner { email } } }';

describe('subscriptions through the router', () => {
  let world: ServedWorld;
  let keys: Server;
  let tokenFor: (sub: string, lifetimeSeconds?: number) => Promise<string>;
  const open: Watching[] = [];

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' }] });
    keys = createServer((_req, res) => res.setHeader('content-type', 'application/json').end(jwks));
    await new Promise<void>((listening) => keys.listen(0, '127.0.0.1', listening));
    tokenFor = (sub, lifetimeSeconds = 600) =>
      new SignJWT({ roles: [] })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'one', typ: 'at+jwt' })
        .setSubject(sub)
        .setIssuer('test')
        .setAudience('test')
        .setExpirationTime(Math.floor(Date.now() / 1_000) + lifetimeSeconds)
        .sign(privateKey);
  });
  afterAll(async () => {
    keys.closeAllConnections();
    await new Promise((closed) => keys.close(closed));
  });

  beforeEach(async () => {
    world = await openWorld();
  });
  /** @param heartbeatMs so long that who does not read for a while is not taken for gone */
  const openWorld = (heartbeatMs = 60_000): Promise<ServedWorld> => {
    const { port } = keys.address() as AddressInfo;
    return ServedWorld.open(supergraphs.subscriptions ?? {}, {
      authentication: { jwksUrl: `http://127.0.0.1:${port}/`, issuer: 'test', audience: 'test' },
      subgraphs: { identity: { header: 'x-who', secret: SECRET } },
      subscriptions: {
        backPressure: { alarm: 'coalesce', ticked: 50 },
        mostPerConnection: 3,
        mostPerIdentity: 4,
        mostMessageBytes: 10_000,
        mostBufferedBytes: 20_000,
        initialiseWithinMs: 500,
        heartbeatMs,
      },
    });
  };
  afterEach(async () => {
    for (const watching of open.splice(0)) watching.stop();
    await world.close();
  });

  const events = () => {
    const subgraph = world.world.subgraphs.get('events');
    if (!subgraph) throw new Error('no subgraph events');
    return subgraph;
  };
  const listening = (count: number, field = 'ticked') => until(() => events().listening(field) === count);
  const tick = (n: number) => events().emit('ticked', { n, __seed: n } as never);
  const numbers = ({ results }: Watching) => results.map(({ data }) => (data?.ticked as { n: number } | undefined)?.n);

  describe.each(Object.entries(transports))('over %s', (_name, start) => {
    const watch = (request: string | Request, token?: string): Watching => {
      const watching = start(world.url, typeof request === 'string' ? { query: request } : request, token);
      open.push(watching);
      return watching;
    };

    test('events come in order, each completed from two other subgraphs', async () => {
      const watching = watch(TICKS);
      await listening(1);
      for (let n = 1; n <= 20; n += 1) tick(n);
      await until(() => watching.results.length === 20);
      expect(numbers(watching)).toEqual(Array.from({ length: 20 }, (_none, index) => index + 1));
      for (const { data, errors } of watching.results) {
        expect(errors).toBeUndefined();
        expect(data?.ticked).toEqual({
          n: expect.any(Number),
          product: { id: expect.stringMatching(/^k\d+$/), name: expect.stringContaining('String-') },
          owner: { email: expect.stringContaining('String-') },
        });
      }
    });

    test('an event with an error is told with its data, and the next one comes', async () => {
      const watching = watch('subscription { alarm { n late } }');
      await listening(1, 'alarm');
      events().emit('alarm', { n: 1, late: null } as never);
      await until(() => watching.results.length === 1);
      expect(watching.results[0]).toMatchObject({ data: { alarm: null }, errors: [{ message: expect.any(String) }] });
      events().emit('alarm', { n: 2, late: 5 } as never);
      await until(() => watching.results.length === 2);
      expect(watching.results[1]).toEqual({ data: { alarm: { n: 2, late: 5 } } });
    });

    test('when the subgraph ends it, the client is told', async () => {
      const watching = watch(TICKS);
      await listening(1);
      tick(1);
      events().complete('ticked');
      await until(() => watching.ended() !== undefined);
      expect([watching.ended(), numbers(watching)]).toEqual(['completed', [1]]);
    });

    test('queries and mutations are answered, once', async () => {
      const asked = watch({ query: 'query Q($id: ID!) { product(id: $id) { id } }', variables: { id: 'k3' } });
      await until(() => asked.ended() !== undefined);
      expect([asked.ended(), asked.results]).toEqual([
        'completed',
        [{ data: { product: { id: expect.any(String) } } }],
      ]);
      const changed = watch('mutation { touch(id: "k1") { id } }');
      await until(() => changed.ended() !== undefined);
      expect(changed.results).toHaveLength(1);
    });

    test.each([
      ['an unknown field', { query: 'subscription { nothing { n } }' }, 'GRAPHQL_VALIDATION_FAILED'],
      ['a syntax error', { query: 'subscription {' }, 'GRAPHQL_PARSE_FAILED'],
      ['two root fields', { query: 'subscription { ticked { n } alarm { n } }' }, 'GRAPHQL_VALIDATION_FAILED'],
      [
        'a field that a variable may take away',
        { query: 'subscription ($yes: Boolean!) { ticked @include(if: $yes) { n } }', variables: { yes: true } },
        'GRAPHQL_VALIDATION_FAILED',
      ],
      ['a variable that does not fit', { query: 'query ($id: ID!) { product(id: $id) { id } }' }, 'BAD_USER_INPUT'],
      [
        'too deep an operation',
        { query: `{ me ${'{ friend '.repeat(101)} { id } ${'}'.repeat(101)} }` },
        'OPERATION_TOO_LARGE',
      ],
      ['_entities', { query: '{ _entities(representations: []) { __typename } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ])('%s is refused as over HTTP', async (_what, request, code) => {
      const watching = watch(request);
      await until(() => watching.ended() !== undefined);
      expect(watching.results).toEqual([]);
      expect([watching.ended(), await codeOf(watching)]).toEqual(['failed', code]);
    });

    test('who asks is told to subgraphs, signed, for the subscription and for what completes its events', async () => {
      const watching = watch(TICKS, await tokenFor('ada'));
      await listening(1);
      tick(1);
      await until(() => watching.results.length === 1);
      const claimsOf = (signed: unknown) =>
        JSON.parse(Buffer.from(String(signed).split('.')[1] ?? '', 'base64url').toString());
      const actor = { kind: 'user', userId: 'ada', roles: [] };
      expect(claimsOf(world.subscribed[0]?.payload.extensions?.['x-who'])).toMatchObject({ actor });
      expect(claimsOf(world.connected[0]?.params['x-who'])).toMatchObject({ actor: { kind: 'anonymous' } });
      for (const { headers } of world.asked) expect(claimsOf(headers['x-who'])).toMatchObject({ actor });
      expect(world.asked.map(({ subgraph }) => subgraph).toSorted()).toEqual(['products', 'users']);
    });

    test('a token that is none opens nothing', async () => {
      const watching = watch(TICKS, 'a.b.c');
      await until(() => watching.ended() !== undefined);
      expect([watching.ended(), events().listening('ticked')]).toEqual(['failed', 0]);
    });

    test('a token that expires ends it', async () => {
      const watching = watch(TICKS, await tokenFor('ada', 5));
      await listening(1);
      await until(() => watching.ended() !== undefined);
      await listening(0);
    });

    test('the same of one identity shares one subscription to the subgraph; another identity never does', async () => {
      const [ada, bob] = [await tokenFor('ada'), await tokenFor('bob')];
      const watching = [watch(TICKS, ada), watch(TICKS, ada), watch(TICKS, ada), watch(TICKS, bob), watch(TICKS)];
      await listening(3);
      await until(async () => (await world.metrics()).includes('router_open_subscriptions{service="router"} 5'));
      tick(1);
      await until(() => watching.every(({ results }) => results.length === 1));
      expect(events().listening('ticked')).toBe(3);
      // Completed once for the three of Ada.
      expect(world.asked).toHaveLength(6);
      for (const one of watching.slice(0, 2)) one.stop();
      tick(2);
      await until(() => watching.slice(2).every(({ results }) => results.length === 2));
      for (const one of watching) one.stop();
      await listening(0);
      await until(async () => (await world.metrics()).includes('router_upstream_subscriptions{service="router"} 0'));
    });

    test('a socket to the subgraph that breaks is opened again, and the subscription goes on', async () => {
      const watching = watch(TICKS);
      await listening(1);
      tick(1);
      await until(() => watching.results.length === 1);
      world.breakSockets('events');
      await until(() => world.subscribed.length === 2);
      await listening(1);
      tick(2);
      await until(() => watching.results.length === 2);
      expect([numbers(watching), watching.ended()]).toEqual([[1, 2], undefined]);
    });

    test('one identity has so many subscriptions and no more', async () => {
      const token = await tokenFor('ada');
      const many = Array.from({ length: 4 }, (_none, n) =>
        watch({ query: 'subscription S($id: ID) { ticked(id: $id) { n } }', variables: { id: `k${n}` } }, token),
      );
      await listening(4);
      const more = watch(
        { query: 'subscription S($id: ID) { ticked(id: $id) { n } }', variables: { id: 'k9' } },
        token,
      );
      await until(() => more.ended() !== undefined);
      expect([more.ended(), many.map(({ ended }) => ended())]).toEqual([
        'failed',
        [undefined, undefined, undefined, undefined],
      ]);
    });

    test('when the router stops, the client knows that there was more to come', async () => {
      const watching = watch(TICKS);
      await listening(1);
      await world.stopRouter();
      await until(() => watching.ended() === 'failed');
    });
  });

  describe('the WebSocket protocol', () => {
    const sockets: WebSocket[] = [];
    afterEach(() => {
      for (const socket of sockets.splice(0)) socket.terminate();
    });
    const connect = async (protocol = 'graphql-transport-ws') => {
      const socket = new WebSocket(world.url.replace('http', 'ws'), protocol === '' ? [] : [protocol]);
      sockets.push(socket);
      const messages: { type: string; id?: string; payload?: unknown }[] = [];
      socket.on('message', (data) => messages.push(JSON.parse(String(data)) as never));
      const closed = new Promise<{ code: number; reason: string }>((resolve) => {
        socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
        socket.once('error', () => resolve({ code: 0, reason: 'error' }));
      });
      await new Promise<void>((resolve) => {
        socket.once('open', resolve);
        socket.once('error', () => resolve());
      });
      const send = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
      return { socket, send, closed, messages };
    };
    const acknowledged = async () => {
      const client = await connect();
      client.send({ type: 'connection_init' });
      await until(() => client.messages.length === 1);
      return client;
    };

    test.each<[string, number, unknown[]]>([
      ['what is no JSON', 4_400, ['{']],
      ['a message of no kind', 4_400, [{ type: 'hello' }]],
      ['a list', 4_400, [[]]],
      [
        'subscribing before the connection is acknowledged',
        4_401,
        [{ id: '1', type: 'subscribe', payload: { query: '{ now }' } }],
      ],
      ['a token that is none', 4_403, [{ type: 'connection_init', payload: { authorization: 'Bearer a.b.c' } }]],
      ['saying nothing', 4_408, []],
      ['initialising twice', 4_429, [{ type: 'connection_init' }, { type: 'connection_init' }]],
      ['a message that is too long', 1_009, [{ type: 'ping', payload: { a: 'x'.repeat(11_000) } }]],
      [
        'a subscribe without an id',
        4_400,
        [{ type: 'connection_init' }, { type: 'subscribe', payload: { query: '{ now }' } }],
      ],
      [
        'a subscribe without a query',
        4_400,
        [{ type: 'connection_init' }, { id: '1', type: 'subscribe', payload: {} }],
      ],
    ])('%s closes the socket with %i', async (_what, code, messages) => {
      const client = await connect();
      const [first, ...rest] = messages;
      if (first !== undefined) client.send(first);
      if (rest.length > 0) await until(() => client.messages.length === 1);
      for (const message of rest) client.send(message);
      expect((await client.closed).code).toBe(code);
    });

    test('another subprotocol closes it with 4406', async () => {
      expect((await (await connect('')).closed).code).toBe(4_406);
    });

    test('an id that is in use closes it with 4409; one that has ended may be used again', async () => {
      const client = await acknowledged();
      client.send({ id: 'a', type: 'subscribe', payload: { query: '{ now }' } });
      await until(() => client.messages.some(({ type }) => type === 'complete'));
      client.send({ id: 'a', type: 'subscribe', payload: { query: TICKS } });
      await listening(1);
      client.send({ id: 'a', type: 'subscribe', payload: { query: TICKS } });
      expect((await client.closed).code).toBe(4_409);
      await listening(0);
    });

    test('a ping is answered with its payload', async () => {
      const client = await acknowledged();
      client.send({ type: 'ping', payload: { a: 1 } });
      await until(() => client.messages.length === 2);
      expect(client.messages[1]).toEqual({ type: 'pong', payload: { a: 1 } });
    });

    test('one connection has so many operations open and no more, and goes on', async () => {
      const client = await acknowledged();
      for (const id of ['1', '2', '3', '4']) client.send({ id, type: 'subscribe', payload: { query: TICKS } });
      await until(() => client.messages.some(({ type }) => type === 'error'));
      expect(client.messages.at(-1)).toMatchObject({
        id: '4',
        type: 'error',
        payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
      });
      client.send({ id: '1', type: 'complete' });
      client.send({ id: '5', type: 'subscribe', payload: { query: TICKS } });
      await listening(1);
      tick(1);
      await until(() => client.messages.filter(({ type }) => type === 'next').length === 3);
    });

    test('a client that is gone without a word is noticed', async () => {
      await world.close();
      world = await openWorld(300);
      const client = await acknowledged();
      client.send({ id: '1', type: 'subscribe', payload: { query: TICKS } });
      await listening(1);
      // It answers no pings any more.
      client.socket.pong = () => {};
      (
        client.socket as unknown as { _receiver: { removeAllListeners(event: string): void } }
      )._receiver.removeAllListeners('ping');
      await listening(0);
    });

    test('a client that does not read loses old readings where the latest counts, and is told where all do', async () => {
      // Six kilobytes an event: what lies between the router and the client is filled soon.
      const long = Array.from({ length: 29 }, (_none, index) => `${'a'.repeat(200)}${index}: n`).join(' ');
      const client = await acknowledged();
      client.send({ id: 'latest', type: 'subscribe', payload: { query: `subscription { alarm { n ${long} } }` } });
      client.send({ id: 'all', type: 'subscribe', payload: { query: `subscription { ticked { n ${long} } }` } });
      await listening(1);
      await listening(1, 'alarm');
      client.socket.pause();
      const counted = async (name: string) =>
        Number(new RegExp(`^${name}\\{[^}]*\\} (\\d+)`, 'm').exec(await world.metrics())?.[1] ?? 0);
      for (let n = 1; (await counted('router_slow_consumers_total')) === 0; n += 200) {
        for (let at = n; at < n + 200; at += 1) {
          tick(at);
          events().emit('alarm', { n: at } as never);
        }
      }
      await listening(0);
      expect(await counted('router_dropped_events_total')).toBeGreaterThan(0);
      client.socket.resume();
      await until(() => client.messages.some(({ id, type }) => id === 'all' && type === 'error'));
      events().emit('alarm', { n: 424_242 } as never);
      await until(() => JSON.stringify(client.messages.at(-1)).includes('424242'));
    });
  });
});
