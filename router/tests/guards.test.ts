import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { postLanes, postOver } from './worlds/post-lanes.ts';
import { ServedWorld } from './worlds/served-world.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@authenticated", "@policy", "@cost", "@listSize"
])`;
const sources = {
  shop: `${LINK}
    type Query {
      items(first: Int = 5): [Item!]! @listSize(slicingArguments: ["first"])
      costly: Item @cost(weight: 5000)
      me: User @authenticated
      secrets: [Secret!]!
    }
    type Mutation { login(name: String): String  touch: Item }
    type Item @key(fields: "id") { id: ID! name: String }
    type Secret @key(fields: "code") { code: ID @authenticated }
    type User @key(fields: "id") { id: ID! name: String  salary: Int @policy(policies: [["boss"]]) }`,
  reviews: `${LINK}
    type Secret @key(fields: "code") { code: ID story: String }
    type Item @key(fields: "id") { id: ID! stars: Int notes: String! @policy(policies: [["boss"]]) }`,
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('who asks for how much of what', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  let keys: Server;
  let world: ServedWorld;
  let listed: ServedWorld;

  const tokenOf = async (sub: string, roles: string[] = []) => ({
    authorization: `Bearer ${await new SignJWT({ roles })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k' })
      .setSubject(sub)
      .setIssuer('us')
      .setAudience('them')
      .setExpirationTime('1h')
      .sign(privateKey)}`,
  });

  beforeAll(async () => {
    const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'EdDSA' }] };
    keys = createServer((_req, res) => res.end(JSON.stringify(jwks)));
    await new Promise<void>((listening) => keys.listen(0, '127.0.0.1', listening));
    const jwksUrl = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/`;
    world = await ServedWorld.open(sources, {
      server: { trustedProxies: 1 },
      authentication: { jwksUrl, issuer: 'us', audience: 'them' },
      authorisation: { policies: { boss: ['BOSS'] } },
      limits: { cost: 1_000, listSize: 100 },
      rateLimits: {
        perUser: { points: 100, seconds: 600 },
        perAddress: { points: 200, seconds: 600 },
        perField: { 'Mutation.login': { points: 3, seconds: 600 } },
      },
    });
    const safelist = mkdtempSync(join(tmpdir(), 'safelist-'));
    writeFileSync(join(safelist, 'items.graphql'), '# Everything\nquery Items { items { id } }\n');
    writeFileSync(
      join(safelist, 'manifest.json'),
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: 'stars', name: 'Stars', type: 'query', body: 'query Stars { items { stars } }' }],
      }),
    );
    listed = await ServedWorld.open(sources, { persistedQueries: { safelist, mode: 'enforce' } });
  });
  afterAll(async () => {
    await world.close();
    await listed.close();
    keys.close();
  });

  /** Everybody comes from an address of their own, unless they say so. */
  let addresses = 0;
  const from = (address = `10.0.0.${(addresses += 1)}`) => ({ 'x-forwarded-for': address });

  describe.each(Object.keys(postLanes))('%s', (lane) => {
    const post = (body: unknown, headers: Record<string, string> = {}) =>
      postOver(lane, world.url, body, { ...from(), ...headers });
    const codesOf = (reply: Awaited<ReturnType<typeof post>>) =>
      reply.body.errors?.map(({ extensions }) => extensions.code);

    test('what needs a login is withheld from who is not logged in, and not asked for', async () => {
      world.asked.length = 0;
      const reply = await post({ query: '{ me { id } items { id } }' });
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({
        data: { me: null, items: expect.any(Array) },
        errors: [{ path: ['me'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
      });
      expect(world.asked.map(({ body }) => body.query).join()).not.toContain('me');
      const known = await post({ query: '{ me { id } }' }, await tokenOf('ada'));
      expect(known.body).toEqual({ data: { me: { id: expect.any(String) } } });
    });

    test('what the plan itself needs is not told, where it is withheld', async () => {
      const query = '{ secrets { code story } }';
      const nobody = await post({ query });
      expect(nobody.body.data).toMatchObject({ secrets: expect.any(Array) });
      for (const secret of (nobody.body.data?.secrets ?? []) as object[]) {
        expect(secret).toEqual({ code: null, story: expect.any(String) });
      }
      const known = await post({ query }, await tokenOf('ada'));
      expect(known.body.data?.secrets).toContainEqual({ code: expect.any(String), story: expect.any(String) });
    });

    test('a policy is met by its roles; a null that may not be takes its object along', async () => {
      const query = '{ me { id salary } items(first: 1) { id notes } }';
      const guest = await post({ query }, await tokenOf('ada'));
      expect(codesOf(guest)).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE', 'UNAUTHORIZED_FIELD_OR_TYPE']);
      expect(guest.body.data).toBeNull();
      expect(guest.body.errors?.map(({ path }) => path)).toEqual([
        ['me', 'salary'],
        ['items', 0, 'notes'],
      ]);
      const boss = await post({ query }, await tokenOf('grace', ['BOSS']));
      expect(boss.body.errors).toBeUndefined();
    });

    test.each([
      ['a list that is too long', { query: '{ items(first: 1000000) { id } }' }],
      ['the same by a variable', { query: 'query ($n: Int) { items(first: $n) { id } }', variables: { n: 101 } }],
      ['the same by a default', { query: 'query ($n: Int = 101) { items(first: $n) { id } }' }],
      ['what costs too much', { query: '{ costly { id } }' }],
    ])('%s is refused', async (_what, body) => {
      const reply = await post(body);
      expect(reply.status).toBe(400);
      expect(new Set(codesOf(reply))).toEqual(new Set(['OPERATION_TOO_EXPENSIVE']));
    });

    test('one address may ask for so much, whoever asks; another is not affected', async () => {
      const here = from();
      const query = '{ items(first: 60) { id } }';
      const replies = [];
      for (let time = 0; time < 4; time += 1) replies.push(await post({ query }, here));
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
      const [limited] = replies.slice(-1);
      expect(limited?.body.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' });
      const seconds = Number(limited?.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(600);
      expect((await post({ query })).status).toBe(200);
    });

    test('one user may ask for so much, from wherever', async () => {
      const user = await tokenOf(`user of ${lane}`);
      const query = '{ items(first: 60) { id } }';
      expect((await post({ query }, user)).status).toBe(200);
      expect((await post({ query }, user)).status).toBe(429);
    });

    test('each alias of a login is a login', async () => {
      const here = from();
      const twice = { query: 'mutation { a: login(name: "a") b: login(name: "b") }' };
      expect((await post(twice, here)).status).toBe(200);
      expect((await post(twice, here)).status).toBe(429);
      expect((await post({ query: 'mutation { touch { id } }' }, here)).status).toBe(200);
    });

    test('who sends only what is refused is limited, too', async () => {
      const here = from();
      const statuses = await Promise.all(
        Array.from({ length: 230 }, async () => (await post({ query: '{ nothing }' }, here)).status),
      );
      expect(new Set(statuses)).toEqual(new Set([400, 429]));
    });

    test('an operation is known by its hash once it has been sent with it', async () => {
      const query = `query Hashed { items { id ${lane.replaceAll(/\W/g, '_')}: name } }`;
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
      const unknown = await post({ extensions });
      expect([unknown.status, codesOf(unknown)]).toEqual([200, ['PERSISTED_QUERY_NOT_FOUND']]);
      expect((await post({ query, extensions })).body.errors).toBeUndefined();
      expect((await post({ extensions })).body.data).toMatchObject({ items: expect.any(Array) });
      const wrong = { persistedQuery: { version: 1, sha256Hash: sha256('{ me { id } }') } };
      expect((await post({ query, extensions: wrong })).status).toBe(400);
      expect((await post({ extensions: wrong })).body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    });

    test('where there is a safelist, only what is in it is executed, by its text or its id', async () => {
      const ask = async (body: object) => {
        const { status, body: answer } = await postOver(lane, listed.url, body);
        return [status, answer.errors?.[0]?.extensions.code ?? 'ok'];
      };
      expect(await ask({ query: 'query Items {\n  items { id } # all\n}' })).toEqual([200, 'ok']);
      expect(await ask({ query: 'query Items { items { id name } }' })).toEqual([400, 'OPERATION_NOT_ALLOWED']);
      const byId = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
      expect(await ask(byId('stars'))).toEqual([200, 'ok']);
      const query = '{ items { id } }';
      expect(await ask({ query, ...byId(sha256(query)) })).toEqual([400, 'OPERATION_NOT_ALLOWED']);
    });

    test('a developer is told how an operation was executed, on demand', async () => {
      const reply = await post({ query: '{ items { stars } }' }, { 'x-brigade-debug': '1' });
      expect(reply.body.extensions).toMatchObject({
        debug: {
          queryPlan: expect.stringContaining('Fetch(service: "shop")'),
          fetches: [
            { subgraph: 'shop', outcome: 'ok', durationMs: expect.any(Number) },
            { subgraph: 'reviews', outcome: 'ok' },
          ],
          cost: { estimated: 5, actual: (reply.body.data?.items as unknown[] | undefined)?.length },
        },
      });
      expect((await post({ query: '{ items { stars } }' })).body.extensions).toBeUndefined();
    });
  });
});
