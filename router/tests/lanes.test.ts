import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stages } from '../src/pipeline/stage-record.ts';
import { postLanes, postOver, type Reply } from './worlds/post-lanes.ts';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';

const JWKS = { jwksUrl: 'http://127.0.0.1:1/keys', issuer: 'a', audience: 'b' };

type Counts = ReadonlyMap<string, number>;

/** How many requests have left each stage. */
const stageCounts = async (world: ServedWorld): Promise<Counts> =>
  new Map(
    [...(await world.metrics()).matchAll(/^router_stage_duration_seconds_count\{.*stage="([^"]+)".*\} (\d+)$/gm)].map(
      ([, stage = '', count]) => [stage, Number(count)],
    ),
  );

describe('every rule holds in every lane', () => {
  let world: ServedWorld;
  let locked: ServedWorld;
  beforeAll(async () => {
    const sources = supergraphs['keys, requires, provides, shareable, override'] ?? {};
    world = await ServedWorld.open(sources, {
      limits: { bodyBytes: 20_000, depth: 12, aliases: 30, rootFields: 20, directives: 50 },
      subgraphs: { identity: { header: 'x-who', secret: 's'.repeat(32) } },
    });
    locked = await ServedWorld.open(supergraphs['interface objects'] ?? {}, {
      introspection: false,
      authentication: JWKS,
    });
    await locked.end('ratings');
  });
  afterAll(async () => {
    await world.close();
    await locked.close();
  });

  describe.each(Object.keys(postLanes))('%s', (lane) => {
    const postTo =
      (to: () => ServedWorld) =>
      (body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
        postOver(lane, to().url, body, headers);
    const post = postTo(() => world);
    const postToLocked = postTo(() => locked);

    test('an operation over three subgraphs is answered', async () => {
      const query = 'query Top($n: Int) { topProduct { id estimate reviews(first: $n) { author { name } } } }';
      const reply = await post({ query, variables: { n: 1 }, operationName: 'Top' });
      expect(reply).toMatchObject({ status: 200, type: 'application/json; charset=utf-8' });
      expect(reply.body.errors).toBeUndefined();
      expect(reply.body.data?.topProduct).toMatchObject({ id: expect.any(String), estimate: expect.any(Number) });
    });

    test('each stage is measured once, up to the one that refuses', async () => {
      const before = await stageCounts(world);
      await post({ query: 'query Measured { me { id } }' });
      const answered = await stageCounts(world);
      await post({ query: '{ nothing }' });
      const refused = await stageCounts(world);
      const more = (now: Counts, then: Counts) => stages.map((stage) => (now.get(stage) ?? 0) - (then.get(stage) ?? 0));
      const lastOfRefused = stages.indexOf('parse-and-validate');
      expect(more(answered, before)).toEqual(stages.map(() => 1));
      expect(more(refused, answered)).toEqual(stages.map((_stage, index) => (index <= lastOfRefused ? 1 : 0)));
    });

    test('a mutation is carried out, and its fields in their order', async () => {
      const query = 'mutation M { a: touch(id: "k1") { id } b: ship(id: "k2") { cost } c: touch(id: "k3") { id } }';
      world.asked.length = 0;
      expect((await post({ query })).status).toBe(200);
      expect(world.asked.map(({ subgraph }) => subgraph)).toEqual(['products', 'shipping', 'products']);
    });

    test('introspection is answered', async () => {
      const { body } = await post({ query: '{ __schema { queryType { name } } __type(name: "Product") { kind } }' });
      expect(body).toEqual({ data: { __schema: { queryType: { name: 'Query' } }, __type: { kind: 'OBJECT' } } });
    });

    test('subgraphs are told who asks by the router alone', async () => {
      world.asked.length = 0;
      const headers = { 'x-who': 'root', 'x-correlation-id': 'mine-1', cookie: 'a=b', authorization: 'Bearer x' };
      const reply = await post({ query: '{ me { id } }' }, headers);
      expect(reply.headers.get('x-correlation-id')).toBe('mine-1');
      const seen = world.asked[0]?.headers ?? {};
      expect(seen['x-who']).toMatch(/^ey[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(seen['x-correlation-id']).toBe('mine-1');
      expect(seen.traceparent).toMatch(/^00-/);
      expect([seen.cookie, seen.authorization]).toEqual([undefined, undefined]);
    });

    test.each<[string, unknown, number, string]>([
      ['no JSON', '{', 400, 'BAD_REQUEST'],
      ['a list of operations', [{ query: '{ me { id } }' }], 400, 'BAD_REQUEST'],
      ['no query', { variables: {} }, 400, 'BAD_REQUEST'],
      ['a query that is no text', { query: 1 }, 400, 'BAD_REQUEST'],
      ['variables that are no object', { query: '{ me { id } }', variables: [1] }, 400, 'BAD_REQUEST'],
      ['a syntax error', { query: '{ me {' }, 400, 'GRAPHQL_PARSE_FAILED'],
      ['an unknown field', { query: '{ nothing }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
      ['a type definition', { query: 'type A { a: Int } { me { id } }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
      [
        'an unknown operation',
        { query: 'query A { me { id } }', operationName: 'B' },
        400,
        'OPERATION_RESOLUTION_FAILURE',
      ],
      [
        'no choice between two',
        { query: 'query A { me { id } } query B { me { id } }' },
        400,
        'OPERATION_RESOLUTION_FAILURE',
      ],
      [
        'a variable of the wrong type',
        { query: 'query ($id: ID!) { product(id: $id) { id } }', variables: { id: [] } },
        400,
        'BAD_USER_INPUT',
      ],
      ['a variable that is missing', { query: 'query ($id: ID!) { product(id: $id) { id } }' }, 400, 'BAD_USER_INPUT'],
      [
        '_entities from outside',
        { query: '{ _entities(representations: []) { __typename } }' },
        400,
        'GRAPHQL_VALIDATION_FAILED',
      ],
      ['_service from outside', { query: '{ _service { sdl } }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
      ['too deep', { query: `{ me ${'{ friends '.repeat(12)} { id } ${'}'.repeat(12)} }` }, 400, 'OPERATION_TOO_LARGE'],
      [
        'too many aliases',
        { query: `{ me { ${Array.from({ length: 31 }, (_a, i) => `a${i}: id`).join(' ')} } }` },
        400,
        'OPERATION_TOO_LARGE',
      ],
      ['too many root fields', { query: `{ ${'me { id } '.repeat(21)} }` }, 400, 'OPERATION_TOO_LARGE'],
      ['too many directives', { query: `{ me { ${'id @skip(if: false) '.repeat(51)} } }` }, 400, 'OPERATION_TOO_LARGE'],
      ['too many tokens', { query: `{ me { ${'id '.repeat(5_001)} } }` }, 400, 'GRAPHQL_PARSE_FAILED'],
      ['fragments that double each other', { query: doubling(25) }, 400, 'OPERATION_TOO_LARGE'],
      [
        'fragments in a circle',
        { query: '{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }' },
        400,
        'GRAPHQL_VALIDATION_FAILED',
      ],
      ['an alias that is reserved', { query: '{ me { __typename: id } }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
      ['too long a body', { query: '{ me { id } }', padding: 'x'.repeat(21_000) }, 413, 'BAD_REQUEST'],
    ])('%s is refused', async (_what, body, status, code) => {
      const reply = await post(body);
      expect({ status: reply.status, code: reply.body.errors?.[0]?.extensions.code }).toEqual({ status, code });
      expect(JSON.stringify(reply.body)).not.toContain('stacktrace');
      expect((await post({ query: '{ me { id } }' })).status).toBe(200);
    });

    test('where the schema is closed, neither it nor a suggestion is given', async () => {
      const [asked, misspelt] = await Promise.all([
        postToLocked({ query: '{ __schema { types { name } } }' }),
        postToLocked({ query: '{ medi { title } }' }),
      ]);
      for (const { status, body } of [asked, misspelt]) {
        expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
      }
      expect(misspelt.body.errors?.[0]?.message).not.toContain('media');
    });

    test('a token that can not be looked at is nobody`s fault; one that is none is refused', async () => {
      const query = '{ films { title } }';
      expect((await postToLocked({ query }, { authorization: 'Bearer a.b' })).status).toBe(401);
      expect((await postToLocked({ query }, { authorization: 'Basic a' })).status).toBe(401);
      expect((await postToLocked({ query })).status).toBe(200);
    });

    test('a dead subgraph costs its own fields, and is not named', async () => {
      const { status, body } = await postToLocked({ query: '{ films { title stars } }' });
      expect(status).toBe(200);
      expect(body.errors).toEqual([
        { message: 'A part of the system does not answer.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
      ]);
    });

    test('a page of another origin gets no leave, Apollo Sandbox does', async () => {
      const from = async (origin: string) =>
        (await post({ query: '{ me { id } }' }, { origin })).headers.get('access-control-allow-origin');
      expect(await from('https://evil.test')).toBeNull();
      expect(await from('https://studio.apollographql.com')).toBe('https://studio.apollographql.com');
    });

    test('who prefers the GraphQL media type gets it', async () => {
      const accept = 'application/graphql-response+json';
      expect((await post({ query: '{ me { id } }' }, { accept })).type).toBe(`${accept}; charset=utf-8`);
    });
  });

  test('what only Apollo Server serves is served: GET, automatic persisted queries', async () => {
    const { url } = world;
    const get = await fetch(`${url}?query=${encodeURIComponent('{ me { id } }')}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(await get.json()).toMatchObject({ data: { me: { id: expect.any(String) } } });
    expect((await fetch(`${url}?query=%7Bme%7Bid%7D%7D`)).status).toBe(400);
    const body = JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } });
    const missing = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(await missing.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
  });
});

function doubling(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_none, level) => `fragment F${level} on User { ...F${level + 1} a${level}: id ...F${level + 1} }`,
  );
  return `{ me { ...F0 } } ${fragments.join(' ')} fragment F${levels} on User { x: id }`;
}
