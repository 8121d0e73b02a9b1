import { afterEach, describe, expect, test } from '@jest/globals';
import { ServedSupergraph, type SubgraphSource } from './worlds/served-supergraph.ts';

interface Book {
  readonly id: string;
  readonly stars?: readonly { readonly label?: string }[];
  readonly last?: string;
  readonly size?: { readonly weight: number };
  readonly notes?: readonly string[];
  readonly kind?: string;
}

interface Room {
  readonly weight?: readonly { readonly name: string }[];
  readonly first?: string;
  readonly guest?: { readonly host?: { readonly host?: { readonly id: string } } };
}

const missing = (what: string): never => {
  throw new Error(`${what} was not given`);
};

/** Subgraphs whose fields require others in ways that the planner does not get right by itself. */
const worlds: Readonly<
  Record<string, { subgraphs: Readonly<Record<string, SubgraphSource>>; query: string; data: object }>
> = {
  'a field that requires one of the subgraph where the planner is, which requires something itself': {
    subgraphs: {
      shop: {
        typeDefs: `
          type Query { book: Book! }
          type Book @key(fields: "id") {
            id: ID! stars: [Star!] @external last: String @requires(fields: "stars { label }") }
          type Star @external { label: String }`,
        resolvers: {
          Query: { book: () => ({ id: 'b1' }) },
          Book: { last: ({ stars }: Book) => (stars ?? missing('stars')).map(({ label }) => label).join() },
        },
      },
      library: {
        typeDefs: `
          type Book @key(fields: "id") {
            id: ID! stars: [Star!] last: String @external also: String! @requires(fields: "last") }
          type Star { label: String }`,
        resolvers: {
          Book: {
            stars: () => [{ label: 'good' }, { label: 'long' }],
            also: ({ last }: Book) => `${last ?? missing('last')}!`,
          },
        },
      },
    },
    query: '{ book { id: also last: id } }',
    data: { book: { id: 'good,long!', last: 'b1' } },
  },
  'a field that requires an object of its own subgraph, with fields of the one where the planner is': {
    subgraphs: {
      shop: {
        typeDefs: `
          type Query { book: Book! }
          type Book @key(fields: "id") { id: ID! size: Size @external heavy: Boolean @requires(fields: "size { id }") }
          type Size @key(fields: "id") { id: ID! weight: Int! }`,
        resolvers: {
          Query: { book: () => ({ id: 'b1' }) },
          Size: { __resolveReference: ({ id }: { id: string }) => ({ id, weight: 7 }) },
          Book: { heavy: ({ size }: Book) => (size ?? missing('size')) !== null },
        },
      },
      library: {
        typeDefs: `
          type Book @key(fields: "id") { id: ID! size: Size label: String @requires(fields: "size { weight }") }
          type Size @key(fields: "id") { id: ID! weight: Int! @external }`,
        resolvers: {
          Book: {
            size: () => ({ id: 's1' }),
            label: ({ size }: Book) => `${size?.weight ?? missing('weight')} kg`,
          },
        },
      },
    },
    query: '{ book { label heavy } }',
    data: { book: { label: '7 kg', heavy: true } },
  },
  'a field that requires another one of its own subgraph, beside one of another': {
    subgraphs: {
      shop: {
        typeDefs: `
          type Query { book: Book! }
          type Book @key(fields: "id") { id: ID! kind(of: [ID!]): String }
          type Note @key(fields: "id") { id: ID! price: String! @shareable }`,
        resolvers: { Query: { book: () => ({ id: 'b1' }) }, Book: { kind: () => 'novel' } },
      },
      library: {
        typeDefs: `
          type Book @key(fields: "id") {
            id: ID! notes(last: Int!): [Note!] @provides(fields: "price") kind(of: [ID!]): String @external
            next: String @requires(fields: "notes(last: 2) { price } kind(of: [])") }
          type Note @key(fields: "id") { id: ID! price: String! @external }`,
        resolvers: {
          Book: {
            notes: () => [
              { id: '1', price: '3' },
              { id: '2', price: '5' },
            ],
            next: ({ notes, kind }: Book) => `${kind ?? missing('kind')} ${(notes ?? missing('notes')).length}`,
          },
        },
      },
    },
    query: '{ book { next } }',
    data: { book: { next: 'novel 2' } },
  },
  'a field that requires one that requires something of the first one`s subgraph, in an order that the planner misses':
    {
      subgraphs: {
        birch: {
          typeDefs: `
          type Query { users: [User!] @shareable } type User { parts: [Room!] @shareable }
          type Room @key(fields: "id", resolvable: false) { id: ID! }`,
          resolvers: { Query: { users: () => [{ parts: [{ id: 'r1' }] }] } },
        },
        cedar: {
          typeDefs: `
          type Room @key(fields: "id") {
            id: ID! weight: [Size!] first: String @external also: String @requires(fields: "first") }
          type Size @shareable { width: Int name: String }`,
          resolvers: {
            Room: { weight: () => [{ name: 'wide' }], also: ({ first }: Room) => `${first ?? missing('first')}!` },
          },
        },
        dogwood: {
          typeDefs: `
          type Query { users: [User!] @shareable } type User { parts: [Room!]! @shareable }
          type Room @key(fields: "id") {
            id: ID! weight: [Size!] @external first: String @requires(fields: "weight { name }") }
          type Size @shareable { name: String }`,
          resolvers: {
            Query: { users: () => [{ parts: [{ id: 'r1' }] }] },
            Room: { first: ({ weight }: Room) => (weight ?? missing('weight')).map(({ name }) => name).join() },
          },
        },
      },
      query: '{ users { parts { row: also also first } } }',
      data: { users: [{ parts: [{ row: 'wide!', also: 'wide!', first: 'wide' }] }] },
    },
  'a field that requires the fields of another one, beside one that is never selected': {
    subgraphs: {
      ash: {
        typeDefs: `
          type Query { room: Room! } type Room @key(fields: "id") { id: ID! }
          type Guest @key(fields: "id") { id: ID! host: Guest }`,
        resolvers: {
          Query: { room: () => ({ id: 'r1' }) },
          Guest: { host: ({ id }: { id: string }) => ({ id: `${id}h` }) },
        },
      },
      birch: {
        typeDefs: `
          type Room @key(fields: "id") {
            id: ID! guest: Guest! next: String @requires(fields: "guest { host { host { id } } }")
            also: ID @requires(fields: "guest { host { id } }") }
          type Guest @key(fields: "id") { id: ID! host: Guest @external }`,
        resolvers: {
          Room: {
            guest: () => ({ id: 'g' }),
            next: ({ guest }: Room) => guest?.host?.host?.id ?? missing('host'),
          },
        },
      },
    },
    query: '{ room { next also @include(if: false) } }',
    data: { room: { next: 'ghh' } },
  },
  'a field that requires something, beside one that is skipped with its fragment': {
    subgraphs: {
      ash: {
        typeDefs: `
          type Query { book: Book! }
          type Book @key(fields: "id") {
            id: ID! notes: [String] @external kind: String @external
            label: String @requires(fields: "kind") next: String @requires(fields: "notes") }`,
        resolvers: {
          Query: { book: () => ({ id: 'b1' }) },
          Book: { label: ({ kind }: Book) => `a ${kind ?? missing('kind')}` },
        },
      },
      cedar: {
        typeDefs: 'type Book @key(fields: "id") { id: ID! kind: String notes: [String] }',
        resolvers: { Book: { kind: () => 'novel' } },
      },
    },
    query: 'query ($skip: Boolean = true) { book { label ... on Book @skip(if: $skip) { next } } }',
    data: { book: { label: 'a novel' } },
  },
};

describe('what a subgraph must be given for a field', () => {
  let served: ServedSupergraph | undefined;
  afterEach(() => served?.close());

  test.each(Object.entries(worlds))('%s', async (_what, { subgraphs, query, data }) => {
    served = await ServedSupergraph.open(subgraphs);
    const { body } = await served.post(query);
    expect(body).toEqual({ data });
  });

  test('one field with two values is refused', async () => {
    served = await ServedSupergraph.open({
      shop: {
        typeDefs:
          'type Query { book: Book! } type Book @key(fields: "id") { id: ID! size(unit: Int): Box } type Box @shareable { width(unit: Int): Int }',
        resolvers: { Query: { book: () => ({ id: 'b1' }) } },
      },
      library: {
        typeDefs: `
          type Book @key(fields: "id") {
            id: ID! size(unit: Int): Box @external
            both: Int @requires(fields: "size(unit: 1) { width(unit: 1) ... on Box { width(unit: 2) } }") }
          type Box @shareable { width(unit: Int): Int }`,
      },
    });
    const { status, body } = await served.post('{ book { both } }');
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'OPERATION_NOT_SUPPORTED']);
  });
});
