import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ServedSupergraph } from './worlds/served-supergraph.ts';

interface Book {
  readonly id: string;
  readonly weight: number | null;
  readonly sizes: readonly (number | null)[];
  readonly stars: readonly ({ readonly label: string | null; readonly by?: { readonly name: string | null } } | null)[];
}

/** Fails for books that are named after it. */
const failing = (what: string, id: string): void => {
  if (id.includes(what)) throw new Error(`no ${what}`);
};

const library = {
  typeDefs: `
    type Query { books(ids: [ID!]!): [Book!]! }
    type Book @key(fields: "id") { id: ID! weight: Float sizes: [Int] stars: [Star] }
    type Star { label: String strict: String! by: User }
    type User @key(fields: "id") { id: ID! }`,
  resolvers: {
    Query: { books: (_none: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })) },
    Book: {
      weight: ({ id }: Book) => {
        failing('weight', id);
        return id.includes('null') ? null : 7;
      },
      sizes: ({ id }: Book) => [id.includes('null') ? null : 1, id.includes('sizes') ? 'no number' : 2],
      stars: ({ id }: Book) => [{ id }, id.includes('null') ? null : { id }],
    },
    Star: {
      label: ({ id }: Book) => {
        failing('label', id);
        return id.includes('null') ? null : 'good';
      },
      strict: ({ id }: Book) => {
        failing('strict', id);
        return 'very';
      },
      by: ({ id }: Book) => ({ id }),
    },
  },
};

const people = {
  typeDefs: 'type User @key(fields: "id") { id: ID! name: String }',
  resolvers: {
    User: {
      __resolveReference: async ({ id }: Book) => {
        failing('user', id);
        return { id, name: id.includes('null') ? null : 'Ann' };
      },
    },
  },
};

const shop = {
  typeDefs: `
    type Book @key(fields: "id") {
      id: ID! weight: Float @external sizes: [Int] @external stars: [Star] @external
      price: String! @requires(fields: "weight")
      box: String @requires(fields: "sizes")
      praise: String @requires(fields: "stars { label }")
      strictPraise: String @requires(fields: "stars { strict }")
      readers: String @requires(fields: "stars { by { name } }") }
    type Star @external { label: String strict: String! by: User }
    type User @key(fields: "id") { id: ID! name: String @external }`,
  resolvers: {
    Book: {
      price: ({ weight }: Book) => `${weight} EUR`,
      box: ({ sizes }: Book) => sizes.join('x'),
      praise: ({ stars }: Book) => JSON.stringify(stars.map((star) => star && star.label)),
      strictPraise: ({ stars }: Book) => JSON.stringify(stars),
      readers: ({ stars }: Book) => JSON.stringify(stars.map((star) => star && star.by?.name)),
    },
  },
};

describe('a field that requires something that another subgraph fails to tell', () => {
  let served: ServedSupergraph;
  beforeAll(async () => {
    served = await ServedSupergraph.open({ library, people, shop });
  });
  afterAll(() => served.close());

  test.each([
    ['weight', 'price'],
    ['sizes', 'box'],
    ['label', 'praise'],
    ['strict', 'strictPraise'],
    ['user', 'readers'],
  ])('is not asked for without %s, and has an error of its own', async (failed, field) => {
    served.asked.length = 0;
    const { body } = await served.post(`query ($ids: [ID!]!) { books(ids: $ids) { id x: ${field} } }`, {
      ids: ['1', failed],
    });
    expect(body.errors?.map(({ path }) => path)).toContainEqual(['books', 1, 'x']);
    const told = served.asked.filter(({ subgraph }) => subgraph === 'shop');
    expect(told.map(({ variables }) => variables.representations)).toEqual([[expect.objectContaining({ id: '1' })]]);
  });

  test.each([
    ['price', 'null EUR'],
    ['box', 'x2'],
    ['praise', '[null,null]'],
    ['strictPraise', '[{"strict":"very"},null]'],
    ['readers', '[null,null]'],
  ])('is asked for with what is null: %s', async (field, value) => {
    const { body } = await served.post(`{ books(ids: ["null"]) { ${field} } }`);
    expect(body).toEqual({ data: { books: [{ [field]: value }] } });
  });

  test('has no error where it is not selected', async () => {
    const query = `query ($no: Boolean = false) { books(ids: ["label"]) { id praise @include(if: $no) } }`;
    expect((await served.post(query)).body).toEqual({ data: { books: [{ id: 'label' }] } });
  });
});
