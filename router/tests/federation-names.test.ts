import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { eventually } from '../../subgraphs/service-kit/tests/test-runtime.ts';
import { ServedSupergraph } from './worlds/served-supergraph.ts';
import { isSubscribed, make, workshop } from './worlds/workshop.ts';

let served: ServedSupergraph;
beforeAll(async () => {
  served = await ServedSupergraph.open(workshop);
});
afterAll(() => served.close());

const answer = async (query: string, variables = {}) => JSON.stringify((await served.post(query, variables)).body);
const data = (value: object) => JSON.stringify({ data: value });

describe('fields that require objects, lists and each other', () => {
  test.each([
    [
      'objects and lists with arguments at two levels',
      '{ products { estimate } }',
      [{ estimate: 12_020 }, { estimate: 40 }],
    ],
    [
      'the same beside the client`s own arguments at both levels',
      '{ products { estimate size(unit: CM) { width: height } parts(first: 1) { weight(unit: "kg") } } }',
      [
        { estimate: 12_020, size: { width: 3 }, parts: [{ weight: 5 }] },
        { estimate: 40, size: { width: 1 }, parts: [] },
      ],
    ],
    [
      'three that require one field with different arguments, and one that requires another of them',
      '{ products { area heaviest estimate price } }',
      [
        { area: 6, heaviest: 11, estimate: 12_020, price: '12020 EUR' },
        { area: 4, heaviest: 0, estimate: 40, price: '40 EUR' },
      ],
    ],
    [
      'aliases within required objects',
      '{ products { area size { height: width width: height } } }',
      [
        { area: 6, size: { height: 2, width: 3 } },
        { area: 4, size: { height: 4, width: 1 } },
      ],
    ],
    [
      'required names for other fields',
      '{ products { size: name parts: estimate estimate: price price: area } }',
      [
        { size: 'table', parts: 12_020, estimate: '12020 EUR', price: 6 },
        { size: 'bench', parts: 40, estimate: '40 EUR', price: 4 },
      ],
    ],
    [
      'one on condition beside one that is not asked for',
      'query ($yes: Boolean = true, $no: Boolean = false) { products { area @include(if: $yes) estimate @include(if: $no) ... @skip(if: $yes) { heaviest } name } }',
      [
        { area: 6, name: 'table' },
        { area: 4, name: 'bench' },
      ],
    ],
    [
      'one on condition in a fragment, and all of it through others',
      'query ($no: Boolean!) { products { id: price ...F @skip(if: $no) } } fragment F on Product { area estimate }',
      [
        { id: '12020 EUR', area: 6, estimate: 12_020 },
        { id: '40 EUR', area: 4, estimate: 40 },
      ],
    ],
  ])('%s', async (_what, query, products) => {
    expect(await answer(query, query.includes('$no: Boolean!') ? { no: false } : {})).toBe(data({ products }));
  });

  test('after a mutation', async () => {
    const query =
      'mutation { a: touch(id: "t1") { id: name area } touch(id: "t2") { size: estimate } none: touch(id: "t3") { area } }';
    expect(await answer(query)).toBe(data({ a: { id: 'table', area: 6 }, touch: { size: 40 }, none: null }));
  });

  test('for an event of a subscription', async () => {
    const client = createClient({ url: served.url.replace('http', 'ws'), webSocketImpl: WebSocket });
    const events = client.iterate({ query: 'subscription { made { id: name size: estimate area } }' });
    const first = events.next();
    await eventually(isSubscribed);
    make('t1');
    expect((await first).value).toEqual({ data: { made: { id: 'table', size: 12_020, area: 6 } } });
    await events.return?.();
    await client.dispose();
  });
});

describe('one name for different things in fragments on different types', () => {
  test('below the same name', async () => {
    const query = `{ work {
      ... on Product { person: maker { name: called(lang: "en") } }
      ... on Repair { person: by { name: called(lang: "fr") } } } }`;
    expect(await answer(query)).toBe(
      data({
        work: [
          { person: { name: 'Ann' } },
          { person: { name: 'John' } },
          { person: { name: 'Jean' } },
          { person: { name: 'Anne' } },
        ],
      }),
    );
  });

  test('below the same field, deeper', async () => {
    const query = `{ found {
      ... on Product { n: name maker { id: called(lang: "en") } }
      ... on Repair { n: __typename of { maker { id: called(lang: "fr") } } } } }`;
    expect(await answer(query)).toBe(
      data({
        found: [
          { n: 'Repair', of: { maker: { id: 'Anne' } } },
          { n: 'Repair', of: { maker: { id: 'Jean' } } },
          { n: 'table', maker: { id: 'Ann' } },
          { n: 'bench', maker: { id: 'John' } },
        ],
      }),
    );
  });

  test('and a key under another name', async () => {
    const query =
      '{ found { ... on Repair { id: __typename by { id: called(lang: "en") } } ... on Product { id area } } }';
    expect(await answer(query)).toBe(
      data({
        found: [
          { id: 'Repair', by: { id: 'John' } },
          { id: 'Repair', by: { id: 'Ann' } },
          { id: 't1', area: 6 },
          { id: 't2', area: 4 },
        ],
      }),
    );
  });
});

describe('the paths of errors', () => {
  test('hold the client`s names, whatever the router calls the fields', async () => {
    const { body } = await served.post('{ products { id: maker { id: failing } area } }');
    expect(body.data).toEqual({
      products: [
        { id: { id: null }, area: 6 },
        { id: { id: null }, area: 4 },
      ],
    });
    expect(body.errors?.map(({ path }) => path)).toEqual([
      ['products', 0, 'id', 'id'],
      ['products', 1, 'id', 'id'],
    ]);
  });
});
