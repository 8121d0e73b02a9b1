import { afterEach, describe, expect, test } from '@jest/globals';
import { ServedSupergraph } from './worlds/served-supergraph.ts';

describe('what is known while a plan is executed', () => {
  let served: ServedSupergraph | undefined;
  afterEach(() => served?.close());

  test('an object keeps its type when a subgraph adds to it that knows its interface only', async () => {
    served = await ServedSupergraph.open({
      weather: {
        typeDefs: 'type Thing @key(fields: "id") @interfaceObject { id: ID! sky: String! }',
        resolvers: { Thing: { sky: () => 'blue' } },
      },
      town: {
        typeDefs: `
          interface Thing @key(fields: "id") { id: ID! }
          type Shop implements Thing @key(fields: "id") { id: ID! }
          type Query { shops: [Shop!] things: [Thing!] }`,
        resolvers: {
          Query: { shops: () => [{ id: '1' }], things: () => [{ __typename: 'Shop', id: '1' }] },
        },
      },
    });
    const { body } = await served.post('{ shops { __typename sky } things { __typename sky } }');
    const shop = { __typename: 'Shop', sky: 'blue' };
    expect(body).toEqual({ data: { shops: [shop], things: [shop] } });
  });

  test('a mutation is asked for once, however often its field is selected', async () => {
    let calls = 0;
    const count = () => (calls += 1);
    served = await ServedSupergraph.open({
      birch: {
        typeDefs: 'type Query { one: Int } type Mutation { count: Int! }',
        resolvers: { Mutation: { count } },
      },
      cedar: {
        typeDefs: 'type Query { two: Int } type Mutation { other: Int! }',
        resolvers: { Mutation: { other: count } },
      },
    });
    const { body } = await served.post(
      'mutation { count @include(if: true) other ...Again } fragment Again on Mutation { x: count count }',
    );
    expect(body).toEqual({ data: { count: 1, other: 2, x: 3 } });
    const ordered = await served.post('mutation { count ...Again } fragment Again on Mutation { x: count count }');
    expect(ordered.body).toEqual({ data: { count: 4, x: 5 } });
    const unclear = await served.post('mutation ($c: Boolean = true) { count @include(if: $c) other count }');
    expect([unclear.status, unclear.body.errors?.[0]?.extensions.code]).toEqual([400, 'OPERATION_NOT_SUPPORTED']);
    expect(calls).toBe(5);
  });

  test('an operation that selects nothing asks for nothing', async () => {
    served = await ServedSupergraph.open({
      birch: { typeDefs: 'type Query { one: Int } type Mutation { count: Int! } type Subscription { tick: Int }' },
    });
    for (const kind of ['query', 'mutation']) {
      const type = kind === 'query' ? 'Query' : 'Mutation';
      const { body } = await served.post(
        `${kind} { ...Never @skip(if: true) } fragment Never on ${type} { __typename }`,
      );
      expect(body).toEqual({ data: {} });
    }
  });

  test('an alias has the name of a key of another type that the object may be of', async () => {
    served = await ServedSupergraph.open({
      ash: {
        typeDefs: `
          type Query { owner: Owner } union Owner = Size | User type Size { name: String! }
          type User @key(fields: "code") { code: Int! }`,
        resolvers: { Query: { owner: () => ({ __typename: 'Size', name: 'small' }) } },
      },
      birch: { typeDefs: 'type User @key(fields: "code") { code: Int! first: String }' },
    });
    const { body } = await served.post(`query ($yes: Boolean! = true) {
      owner { ... @include(if: $yes) { ... on User { first } ... on Size { code: name } } } }`);
    expect(body).toEqual({ data: { owner: { code: 'small' } } });
  });

  test('an object of which nothing is selected in the end is told of', async () => {
    served = await ServedSupergraph.open({
      ash: {
        typeDefs: 'type Query { room: Room! } type Room { id: ID! }',
        resolvers: { Query: { room: () => ({ id: '1' }) } },
      },
    });
    const { body } = await served.post(
      'query ($yes: Boolean! = true) { room @include(if: $yes) { id @skip(if: $yes) } }',
    );
    expect(body).toEqual({ data: { room: {} } });
  });

  test('a field that an object must have fails the object, also where its interface may be without', async () => {
    served = await ServedSupergraph.open({
      ash: {
        typeDefs: `
          type Query { thing: Thing } interface Thing { kind: ID }
          type Room implements Thing { kind: ID } type User implements Thing @key(fields: "id") { id: ID! kind: ID! }`,
        resolvers: { Query: { thing: () => ({ __typename: 'User', id: 'u1' }) } },
      },
      birch: {
        typeDefs: 'type User @key(fields: "id") { id: ID! kind: ID! @override(from: "ash") }',
        resolvers: {
          User: {
            kind: () => {
              throw new Error('nobody knows');
            },
          },
        },
      },
    });
    const { body } = await served.post('{ thing { kind } }');
    expect([body.data, body.errors?.length]).toEqual([{ thing: null }, 1]);
  });

  test('what is fetched of a field under two names, because its type differs from type to type, is kept', async () => {
    served = await ServedSupergraph.open({
      ash: {
        typeDefs: `
          type Query { room: Room! }
          interface Thing { notes: Note }
          type Room implements Thing @key(fields: "id") {
            id: ID! kind: Thing! notes: Note! first: String @external next: String @requires(fields: "first") }
          type Shop implements Thing @key(fields: "id") { id: ID! notes: Note }
          type Note @key(fields: "id") { id: ID! near(unit: Int! = 1): String! far: String }`,
        resolvers: {
          Query: { room: () => ({ id: '1' }) },
          Room: {
            kind: () => ({ __typename: 'Room', id: '2' }),
            notes: () => ({ id: 'n1', near: 'near by', far: 'far off' }),
            next: ({ first }: { first?: string }) => `next to ${first}`,
          },
        },
      },
      cedar: {
        typeDefs: `
          type Room @key(fields: "id") {
            id: ID! notes: Note! @external first: String @requires(fields: "notes { near(unit: 2) }") }
          type Note @key(fields: "id", resolvable: false) { id: ID! near(unit: Int! = 1): String! @external }`,
        resolvers: { Room: { first: ({ notes }: { notes?: { near?: string } }) => notes?.near } },
      },
    });
    const { body } = await served.post('{ room { kind { ... on Room { next } notes { far } } } }');
    expect(body).toEqual({ data: { room: { kind: { next: 'next to near by', notes: { far: 'far off' } } } } });
  });

  test('a field that another subgraph has overridden is not asked of the old one', async () => {
    served = await ServedSupergraph.open({
      ash: {
        typeDefs: `
          interface Item { notes: Note }
          type Book implements Item @key(fields: "id") { id: ID! owner: Book notes: Note }
          type Note @key(fields: "id") { id: ID! price(last: Int): Int }`,
        resolvers: {
          Book: { owner: () => ({ id: 'b2' }), notes: () => ({ id: 'old' }) },
          Note: { __resolveReference: ({ id }: { id: string }) => ({ id, price: id === 'old' ? 1 : 2 }) },
        },
      },
      birch: {
        typeDefs: `
          type Query { book: Book }
          type Note @key(fields: "id") { id: ID! price(last: Int): Int @external }
          type Book @key(fields: "id") {
            id: ID! notes: Note @override(from: "ash") label: String @requires(fields: "notes { price(last: 3) }") }`,
        resolvers: {
          Query: { book: () => ({ id: 'b1' }) },
          Book: {
            notes: () => ({ id: 'new' }),
            label: ({ notes }: { notes?: { price?: number } }) => `costs ${notes?.price}`,
          },
        },
      },
    });
    const { body } = await served.post('{ book { owner { label } } }');
    if (body.data) expect(body.data).toEqual({ book: { owner: { label: 'costs 2' } } });
    else expect(body.errors?.[0]?.extensions.code).toBe('OPERATION_NOT_SUPPORTED');
  });
});
