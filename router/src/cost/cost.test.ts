import { describe, expect, test } from '@jest/globals';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { findOperation, fragmentsOf } from '../compile/compile-operation.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { compileCost } from './compile-cost.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize"])`;
const { supergraphSdl = '' } = composeServices([
  {
    name: 'shop',
    url: 'http://shop.test',
    typeDefs: parse(`${LINK}
      type Query {
        one: Item
        plain: [Item!]!
        assumed: [Item!]! @listSize(assumedSize: 5)
        sliced(first: Int = 20, last: Int): [Item!]! @listSize(slicingArguments: ["first", "last"])
        limited(limit: Int): [Item!]! @listSize(slicingArguments: ["limit"], assumedSize: 7)
        page(first: Int!): Page! @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
        undirected(first: Int): Page!
        search(by: Filter @cost(weight: 4)): Item
      }
      type Mutation { change: Item }
      type Item { id: ID! parts: [Item!]! more(first: Int): [Item!]! slow: String @cost(weight: 9) heavy: Heavy }
      type Heavy @cost(weight: 30) { id: ID! }
      type Page { edges: [Edge!]! total: Int again(first: Int): Page! }
      type Edge { node: Item! }
      input Filter { name: String }
    `),
  },
]);
const { apiSchema: schema, costs } = loadSupergraph(supergraphSdl);

function estimate(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  return compileCost({
    schema,
    costs,
    operation: findOperation(document, undefined),
    fragments: fragmentsOf(document),
    listSize: 10,
    mostListSize: 100,
    pageArguments: ['first', 'last'],
  })(variables);
}

describe('what an operation costs', () => {
  test.each([
    ['an object is 1, a leaf nothing', '{ one { id } }', 1],
    ['what is introspected, nothing', '{ __schema { types { name } } __typename }', 0],
    ['a list of which nothing is known', '{ plain { id } }', 10],
    ['lists in lists multiply', '{ plain { parts { id } } }', 10 * (1 + 10)],
    ['an assumed size', '{ assumed { id } }', 5],
    ['a slice by default', '{ sliced { id } }', 20],
    ['a slice as it is written; the larger one counts', '{ sliced(first: 3, last: 4) { id } }', 4],
    ['no slice: the assumed size', '{ limited { id } }', 7],
    ['the size is that of the edges', '{ page(first: 3) { total edges { node { id } } } }', 1 + 3 * (1 + 1)],
    [
      'a page argument that the schema says nothing of',
      '{ undirected(first: 3) { edges { node { id } } } }',
      1 + 3 * 2,
    ],
    ['a field with a weight', '{ one { slow } }', 1 + 9],
    ['a type with a weight', '{ one { heavy { id } } }', 1 + 30],
    ['an argument with a weight', '{ search(by: { name: "a" }) { id } }', 1 + 4],
    ['a mutation', 'mutation { change { id } }', 10 + 1],
    ['each alias', '{ a: one { id } b: one { id } }', 2],
    ['fragments', '{ one { ...F } ... on Query { one { id } } } fragment F on Item { heavy { id } }', 1 + 30 + 1],
    ['less than nothing is nothing', '{ sliced(first: -5) { id } }', 0],
  ])('%s', (_what, source, cost) => {
    expect(estimate(source).cost).toBe(cost);
  });

  test('variables count, and where there is none its default, then that of the argument', () => {
    const source = 'query ($n: Int) { sliced(first: $n) { id } }';
    expect(estimate(source, { n: 6 }).cost).toBe(6);
    expect(estimate(source).cost).toBe(20);
    expect(estimate('query ($n: Int = 50) { sliced(first: $n) { id } }').cost).toBe(50);
    expect(estimate('query ($n: Int) { limited(limit: $n) { id } }', { n: null }).cost).toBe(7);
  });

  test('a list that is asked to be too long is named, however it is asked', () => {
    const [found] = [{ argument: 'Query.sliced(first)', found: 101, allowed: 100 }];
    expect(estimate('{ sliced(first: 101) { id } }').tooLong).toEqual([found]);
    expect(estimate('query ($n: Int) { sliced(first: $n) { id } }', { n: 101 }).tooLong).toEqual([found]);
    expect(estimate('query ($n: Int = 101) { sliced(first: $n) { id } }').tooLong).toEqual([found]);
    expect(estimate('{ sliced(first: 100) { id } }').tooLong).toEqual([]);
  });

  test('fragments that double each other are evaluated once each', () => {
    const levels = 60;
    const fragments = Array.from(
      { length: levels },
      (_none, level) => `fragment F${level} on Item { ...F${level + 1} ...F${level + 1} }`,
    );
    const source = `query ($n: Int) { one { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Item { more(first: $n) { id } }`;
    expect(estimate(source, { n: 1 }).cost).toBeGreaterThan(1e9);
  });

  test('fragments that double each other in fields that say how long a list is, too', () => {
    const levels = 60;
    const fragments = Array.from(
      { length: levels },
      (_none, level) =>
        `fragment F${level} on Page { a: again(first: 2) { ...F${level + 1} } b: again(first: 3) { ...F${level + 1} } }`,
    );
    const source = `{ undirected(first: 1) { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Page { edges { node { id } } }`;
    expect(estimate(source).cost).toBeGreaterThan(1e9);
  });
});
