import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { SignJWT } from 'jose';
import WebSocket from 'ws';
import { eventually, serverUrl } from '../../subgraphs/service-kit/tests/test-runtime.ts';
import { postOver } from './worlds/post-lanes.ts';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';

const sources = supergraphs['keys, requires, provides, shareable, override'] ?? {};
const FAST = 'the fast lane';

describe('what routers share in Redis', () => {
  const keyPrefix = `router-${randomUUID()}:`;
  const revokedKey = `${keyPrefix}revoked`;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  let redis: Redis;
  let keys: Server;
  let one: ServedWorld;
  let two: ServedWorld;

  beforeAll(async () => {
    redis = new Redis(serverUrl('REDIS_URL'));
    const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'EdDSA' }] };
    keys = createServer((_req, res) => res.end(JSON.stringify(jwks)));
    await new Promise<void>((listening) => keys.listen(0, '127.0.0.1', listening));
    const settings = {
      server: { trustedProxies: 1 },
      redis: { url: serverUrl('REDIS_URL'), keyPrefix },
      authentication: {
        jwksUrl: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/`,
        issuer: 'us',
        audience: 'them',
        revocations: { key: revokedKey, everyMs: 100 },
      },
      rateLimits: { perAddress: { points: 100, seconds: 3_600 } },
    };
    [one, two] = await Promise.all([ServedWorld.open(sources, settings), ServedWorld.open(sources, settings)]);
    const isReady = async (world: ServedWorld) => (await fetch(new URL('/health/ready', world.url))).json();
    for (const world of [one, two]) {
      await eventually(async () => ((await isReady(world)) as { status: string }).status === 'ready');
    }
  });
  afterAll(async () => {
    await Promise.all([one.close(), two.close()]);
    keys.close();
    redis.disconnect();
  });

  const tokenOf = (sid: string) =>
    new SignJWT({ roles: [], sid })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k' })
      .setSubject('ada')
      .setIssuer('us')
      .setAudience('them')
      .setExpirationTime('1h')
      .sign(privateKey);

  test('a limit counts what any of them served', async () => {
    const headers = { 'x-forwarded-for': '10.1.1.1' };
    const statuses: number[] = [];
    for (let time = 0; time < 120; time += 1) {
      const { url } = time % 2 === 0 ? one : two;
      statuses.push((await postOver(FAST, url, { query: '{ __typename }' }, headers)).status);
    }
    const served = statuses.filter((status) => status === 200).length;
    expect(served).toBeGreaterThan(100 - 2 * 5);
    expect(served).toBeLessThanOrEqual(100);
    expect(await redis.ttl(`${keyPrefix}rate:address:10.1.1.1`)).toBeGreaterThan(3_000);
  });

  test('an operation that one was told is known to the other by its hash', async () => {
    const headers = { 'x-forwarded-for': '10.1.1.2' };
    const query = 'query Shared { me { id } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    await postOver(FAST, one.url, { query, extensions }, headers);
    const ask = async () => (await postOver(FAST, two.url, { extensions }, headers)).body.data?.me;
    expect(await eventually(ask)).toEqual({ id: expect.any(String) });
  });

  test('a session that has ended is refused, its sockets closed and its streams ended; others go on', async () => {
    const [ended, other] = [await tokenOf('ended'), await tokenOf('other')];
    const headers = { 'x-forwarded-for': '10.1.1.3' };
    const ask = async (token: string) =>
      (await postOver(FAST, one.url, { query: '{ __typename }' }, { ...headers, authorization: `Bearer ${token}` }))
        .status;
    const open = async (token: string) => {
      const socket = new WebSocket(one.url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
      await new Promise((opened) => socket.once('open', opened));
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
      await new Promise((acknowledged) => socket.once('message', acknowledged));
      return socket;
    };
    const [closing, staying] = [await open(ended), await open(other)];
    expect(await ask(ended)).toBe(200);
    const closed = new Promise<number>((told) => closing.once('close', told));
    await redis.zadd(revokedKey, Date.now(), 'ended');
    expect(await closed).toBe(4_403);
    expect(await ask(ended)).toBe(401);
    expect(await ask(other)).toBe(200);
    expect(staying.readyState).toBe(WebSocket.OPEN);
    staying.terminate();
  });

  test('while Redis is away requests are served, and counted here', async () => {
    const headers = { 'x-forwarded-for': '10.1.1.4' };
    const clients = String(await redis.call('CLIENT', 'LIST')).split('\n');
    const own = clients.filter((client) => client.includes(` name=${keyPrefix} `));
    expect(own.length).toBeGreaterThan(0);
    for (const client of own) await redis.call('CLIENT', 'KILL', 'ID', /^id=(\d+)/.exec(client)?.[1] ?? '');
    const statuses = await Promise.all(
      Array.from(
        { length: 20 },
        async () => (await postOver(FAST, one.url, { query: '{ __typename }' }, headers)).status,
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});
