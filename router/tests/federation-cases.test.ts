import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postLanes } from './worlds/post-lanes.ts';
import { meters } from './worlds/meters.ts';
import { ServedSupergraph } from './worlds/served-supergraph.ts';

interface Case {
  readonly query: string;
  readonly variables?: object;
  /** Of the two rooms. */
  readonly rooms: readonly [object, object];
}

const newest = [
  { average: 21, readings: [24] },
  { average: 11, readings: [12] },
] as const;
const latestTwo = [
  { average: 21, readings: [20, 24] },
  { average: 11, readings: [11, 12] },
] as const;
const named = [
  { average: 21, readings: 'room r1' },
  { average: 11, readings: 'room r2' },
] as const;

const cases: Readonly<Record<string, Case>> = {
  'a required field with other arguments, after': { query: '{ rooms { average readings(last: 1) } }', rooms: newest },
  'a required field with other arguments, before': {
    query: '{ rooms { readings(last: 1) average } }',
    rooms: [
      { readings: [24], average: 21 },
      { readings: [12], average: 11 },
    ],
  },
  'the same by the default of a variable': {
    query: 'query ($n: Int = 1) { rooms { average readings(last: $n) } }',
    rooms: newest,
  },
  'the same by a variable': {
    query: 'query ($n: Int!) { rooms { average readings(last: $n) } }',
    variables: { n: 2 },
    rooms: latestTwo,
  },
  'the same in two fragments': {
    query: `query ($n: Int!) { rooms { ...A ...B } }
      fragment A on Room { average } fragment B on Room { readings(last: $n) }`,
    variables: { n: 2 },
    rooms: latestTwo,
  },
  'the same under an alias': {
    query: '{ rooms { average latest: readings(last: 1) } }',
    rooms: [
      { average: 21, latest: [24] },
      { average: 11, latest: [12] },
    ],
  },
  'the same with the arguments that are required': {
    query: '{ rooms { average readings(last: 3) } }',
    rooms: [
      { average: 21, readings: [19, 20, 24] },
      { average: 11, readings: [10, 11, 12] },
    ],
  },
  'another field under the name of a required one, after': {
    query: '{ rooms { average readings: name } }',
    rooms: named,
  },
  'another field under the name of a required one, before': {
    query: '{ rooms { readings: name average } }',
    rooms: [
      { readings: 'room r1', average: 21 },
      { readings: 'room r2', average: 11 },
    ],
  },
  'another field under the name of the key': {
    query: '{ rooms { id: name average } }',
    rooms: [
      { id: 'room r1', average: 21 },
      { id: 'room r2', average: 11 },
    ],
  },
  'the type under the name of the key': {
    query: '{ rooms { id: __typename average } }',
    rooms: [
      { id: 'Room', average: 21 },
      { id: 'Room', average: 11 },
    ],
  },
  'the key under its name and another': {
    query: '{ rooms { name: id id average } }',
    rooms: [
      { name: 'r1', id: 'r1', average: 21 },
      { name: 'r2', id: 'r2', average: 11 },
    ],
  },
  'one field that two require with different arguments': {
    query: '{ rooms { inCelsius inFahrenheit } }',
    rooms: [
      { inCelsius: '24 C', inFahrenheit: '75 F' },
      { inCelsius: '12 C', inFahrenheit: '54 F' },
    ],
  },
  'one of them alone': {
    query: '{ rooms { inFahrenheit } }',
    rooms: [{ inFahrenheit: '75 F' }, { inFahrenheit: '54 F' }],
  },
  'all of them, in fragments and under each other`s names': {
    query: `{ rooms { ...F temperature: inCelsius average ... on Room { readings: inFahrenheit } } }
      fragment F on Room { id: average ... @include(if: true) { name: inCelsius } }`,
    rooms: [
      { id: 21, name: '24 C', temperature: '24 C', average: 21, readings: '75 F' },
      { id: 11, name: '12 C', temperature: '12 C', average: 11, readings: '54 F' },
    ],
  },
  'a required field with other arguments, which others require': {
    query: '{ rooms { inFahrenheit temperature(unit: C) } }',
    rooms: [
      { inFahrenheit: '75 F', temperature: 24 },
      { inFahrenheit: '54 F', temperature: 12 },
    ],
  },
  'names that the router may have thought of': {
    query: '{ rooms { readings_required1: name id_1: id id: name average } }',
    rooms: [
      { readings_required1: 'room r1', id_1: 'r1', id: 'room r1', average: 21 },
      { readings_required1: 'room r2', id_1: 'r2', id: 'room r2', average: 11 },
    ],
  },
  'names of every object': {
    query: '{ rooms { constructor: name __proto__: inCelsius id: name average } }',
    rooms: [
      JSON.parse('{"constructor":"room r1","__proto__":"24 C","id":"room r1","average":21}') as object,
      JSON.parse('{"constructor":"room r2","__proto__":"12 C","id":"room r2","average":11}') as object,
    ],
  },
  'the order of what counts': {
    query: `query ($no: Boolean = false) { rooms {
      name @include(if: $no) average ... @skip(if: $no) { inCelsius name } average inCelsius name
    } }`,
    rooms: [
      { average: 21, inCelsius: '24 C', name: 'room r1' },
      { average: 11, inCelsius: '12 C', name: 'room r2' },
    ],
  },
  'what is skipped': {
    query: `query ($no: Boolean = false, $yes: Boolean!) {
      rooms { inFahrenheit @include(if: $no) inCelsius @skip(if: $no) id: name @include(if: $yes) average @skip(if: $yes) }
    }`,
    variables: { yes: true },
    rooms: [
      { inCelsius: '24 C', id: 'room r1' },
      { inCelsius: '12 C', id: 'room r2' },
    ],
  },
};

describe.each(Object.keys(postLanes))('what the planner would mistake for something else, over %s', (lane) => {
  let served: ServedSupergraph;
  beforeAll(async () => {
    served = await ServedSupergraph.open(meters);
  });
  afterAll(() => served.close());

  test.each(Object.entries(cases))('%s', async (_what, { query, variables, rooms }) => {
    const { body } = await served.post(query, variables, lane);
    expect(JSON.stringify(body)).toBe(JSON.stringify({ data: { rooms } }));
  });
});

describe('keys that are not resolvable', () => {
  let served: ServedSupergraph;
  afterAll(() => served.close());

  test('are not asked for where another can be resolved, whichever is declared first', async () => {
    served = await ServedSupergraph.open({
      catalog: {
        typeDefs: 'type Book @key(fields: "isbn") { isbn: ID! title: String! }',
        resolvers: { Book: { __resolveReference: ({ isbn }: { isbn: string }) => ({ isbn, title: 'Sea' }) } },
      },
      shop: {
        typeDefs: `
          type Query { shelf: [Book!] }
          type Slot { row: Int! column: Int! }
          type Book @key(fields: "slot { row column }", resolvable: false) @key(fields: "isbn") {
            isbn: ID! slot: Slot! title: String! @external
            label: String! @requires(fields: "title") }`,
        resolvers: {
          Query: { shelf: () => [{ isbn: '1', slot: { row: 2, column: 7 } }] },
          Book: { label: ({ isbn, title }: { isbn: string; title: string }) => `${isbn}: ${title}` },
        },
      },
    });
    const { body } = await served.post('{ shelf { isbn label } }');
    expect(body).toEqual({ data: { shelf: [{ isbn: '1', label: '1: Sea' }] } });
    expect(served.asked[2]).toMatchObject({
      subgraph: 'shop',
      variables: { representations: [{ __typename: 'Book', isbn: '1', title: 'Sea' }] },
    });
  });
});

describe('what no subgraph can be asked for', () => {
  let served: ServedSupergraph;
  beforeAll(async () => {
    served = await ServedSupergraph.open({
      maps: { typeDefs: 'interface Place @key(fields: "id") { id: ID! } type Query { here: Place now: Int }' },
      weather: {
        typeDefs: `
          type Place @key(fields: "id", resolvable: false) @interfaceObject { id: ID! sky: String }
          type Query { there: Place }`,
        resolvers: { Query: { there: () => ({ id: '1', sky: 'blue' }) } },
      },
    });
  });
  afterAll(() => served.close());

  test.each(Object.keys(postLanes))('is null with an error, over %s', async (lane) => {
    const { body } = await served.post('{ now here { sky } }', {}, lane);
    expect(body).toEqual({
      data: { now: null, here: null },
      errors: [
        {
          message: 'No subgraph can be asked for Query.here here.',
          path: ['here'],
          extensions: { code: 'FIELD_NOT_RESOLVABLE' },
        },
      ],
    });
  });

  test.each(Object.keys(postLanes))('and what the planner fails at is a fault of ours, over %s', async (lane) => {
    const { status, body } = await served.post('{ there { __typename sky } }', {}, lane);
    expect({ status, body }).toEqual({
      status: 500,
      body: {
        errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      },
    });
  });

  test('takes nothing from what can be', async () => {
    expect((await served.post('{ there { id sky } }')).body).toEqual({ data: { there: { id: '1', sky: 'blue' } } });
  });
});

describe('a variable with a default that is null all the same', () => {
  let served: ServedSupergraph;
  beforeAll(async () => {
    served = await ServedSupergraph.open(meters);
  });
  afterAll(() => served.close());

  test.each([
    ['@include', 'query ($s: Boolean = true) { rooms { id name @include(if: $s) } }'],
    ['@skip', 'query ($s: Boolean = true) { rooms { id name @skip(if: $s) } }'],
    ['@include of a fragment', 'query ($s: Boolean = true) { rooms { id ... @include(if: $s) { name } } }'],
    [
      '@skip in a fragment',
      'query ($s: Boolean = true) { rooms { ...F } } fragment F on Room { id name @skip(if: $s) }',
    ],
    ['@include of a root field', 'query ($s: Boolean = true) { rooms @include(if: $s) { id } }'],
  ])('is refused where %s takes it', async (_what, query) => {
    for (const lane of Object.keys(postLanes)) {
      const { status, body } = await served.post(query, { s: null }, lane);
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      });
      expect(body.data).toBeUndefined();
      expect((await served.post(query, { s: true }, lane)).body.errors).toBeUndefined();
      expect((await served.post(query, {}, lane)).body.errors).toBeUndefined();
    }
  });

  test('is an error of the field where an argument takes it', async () => {
    const query = 'query ($n: Int = 1) { rooms { name readings(last: $n) } }';
    const { body } = await served.post(query, { n: null });
    expect(body.data).toBeNull();
    expect(body.errors?.map(({ path }) => path)).toContainEqual(['rooms', 0, 'readings']);
  });
});
