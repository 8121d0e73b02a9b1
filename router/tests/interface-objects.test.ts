import { afterEach, describe, expect, test } from '@jest/globals';
import { ServedSupergraph, type SubgraphSource } from './worlds/served-supergraph.ts';

interface Thing {
  readonly id: string;
  readonly name?: string;
}

const typeOf = (id: string): string => (id.startsWith('b') ? 'Book' : 'Room');

/** Knows of which type things are. */
const things: SubgraphSource = {
  typeDefs: `
    interface Thing @key(fields: "id") { id: ID! name: String! }
    type Book implements Thing @key(fields: "id") { id: ID! name: String! label: String! }
    type Room implements Thing @key(fields: "id") { id: ID! name: String! }
    type Query { known: [Thing!]! }`,
  resolvers: {
    Query: { known: () => ['b1', 'r1', 'b2'].map((id) => ({ __typename: typeOf(id), id, name: `name of ${id}` })) },
    Thing: {
      __resolveReference: async ({ id }: Thing) => ({ __typename: typeOf(id), id, name: `name of ${id}` }),
    },
    Book: {
      label: ({ id }: Thing) => {
        if (id === 'b2') throw new Error('no label');
        return `label of ${id}`;
      },
    },
  },
};

/** Has things as objects of one type. */
const shop: SubgraphSource = {
  typeDefs: `
    type Thing @key(fields: "id") @interfaceObject {
      id: ID! name: String! @external views(of: Int!): Int! popular: String @requires(fields: "name") }
    type Query { sold: [Thing]! }`,
  resolvers: {
    Query: { sold: () => ['b1', 'r1', 'b2'].map((id) => ({ id })) },
    Thing: {
      views: (_thing: never, { of }: { of: number }) => of,
      popular: ({ id, name }: Thing) => `${id}, ${name}`,
    },
  },
};

describe('interfaces that a subgraph has as an object type', () => {
  let served: ServedSupergraph | undefined;
  afterEach(() => served?.close());

  test('an object of which nobody tells the type is null where that matters', async () => {
    served = await ServedSupergraph.open({ things, shop });
    const { body } = await served.post('{ sold { ... on Book { label } } }');
    expect(body.data).toEqual({ sold: [{ label: 'label of b1' }, {}, null] });
    expect(body.errors?.map(({ path }) => path)).toContainEqual(['sold', 2, 'label']);
    const query = 'query ($no: Boolean = false) { sold { id ... on Book @include(if: $no) { label } } }';
    expect((await served.post(query)).body).toEqual({ data: { sold: [{ id: 'b1' }, { id: 'r1' }, { id: 'b2' }] } });
  });

  test('a field with different arguments in fragments on different types', async () => {
    served = await ServedSupergraph.open({ things, shop });
    const { body } = await served.post('{ known { ... on Book { views(of: 1) } ... on Room { views(of: 2) } } }');
    expect(body).toEqual({ data: { known: [{ views: 1 }, { views: 2 }, { views: 1 }] } });
  });

  test.each(['known', 'sold'])('a field that requires another, of one type only: %s', async (field) => {
    served = await ServedSupergraph.open({ things, shop });
    const { body } = await served.post(`{ ${field} { ... on Room { popular } name } }`);
    const [b1, r1, b2] = ['b1', 'r1', 'b2'].map((id) => ({ name: `name of ${id}` }));
    expect(body).toEqual({ data: { [field]: [b1, { popular: 'r1, name of r1', ...r1 }, b2] } });
  });

  test('a field that requires another, of one type only, beside one that requires nothing', async () => {
    served = await ServedSupergraph.open({ things, shop });
    const { body } = await served.post('{ known { ... on Room { popular } views(of: 3) } }');
    expect(body).toEqual({
      data: { known: [{ views: 3 }, { popular: 'r1, name of r1', views: 3 }, { views: 3 }] },
    });
  });

  test('a fragment on a type that the subgraph does not have, with nothing but the type, is refused', async () => {
    const found = {
      typeDefs: 'union Found = Book | Room type Book { id: ID! @shareable } type Room { id: ID! @shareable }',
    };
    served = await ServedSupergraph.open({ things, shop, found });
    const { status, body } = await served.post('{ sold { ... on Found { __typename } } }');
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'OPERATION_NOT_SUPPORTED']);
  });
});
