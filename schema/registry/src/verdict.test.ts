import { describe, expect, test } from '@jest/globals';
import { compose, type Subgraph } from './composition.ts';
import { judge, type Verdict } from './verdict.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
const subgraph = (name: string, sdl: string): Subgraph => ({ name, url: `http://${name}`, sdl: `${LINK}\n${sdl}` });

const menu = subgraph(
  'menu',
  'type Query { dish(id: ID!): Dish } type Dish @key(fields: "id") { id: ID! name: String! }',
);
const orders = `
  type Query { orders(filter: OrderFilter, first: Int): [Order!]! }
  type Mutation { place(input: PlaceInput!): Order! }
  input OrderFilter { status: Status, under: Limits }
  input Limits { most: Int }
  input PlaceInput { dishId: ID!, note: String }
  enum Status { PLACED READY }
  type Order @key(fields: "id") { id: ID! status: Status! total: Int!  version: Int! }
`;
const operations = [
  { name: 'List', body: 'query List($filter: OrderFilter) { orders(filter: $filter) { id total } }' },
  {
    name: 'Place',
    body: 'mutation Place { place(input: { dishId: "1" }) { ...Placed } } fragment Placed on Order { status }',
  },
];

/** What becomes of a change of the orders' SDL. */
async function after(from: string, to: string, strict = false): Promise<Verdict> {
  const published = [menu, subgraph('orders', orders)];
  expect(orders).toContain(from);
  return judge(compose(published), compose([menu, subgraph('orders', orders.replace(from, to))]), operations, {
    strict,
  });
}

const broken = (verdict: Verdict): Record<string, readonly string[]> => {
  if (!verdict.composes) throw new Error(verdict.errors.map(({ message }) => message).join());
  return Object.fromEntries(verdict.changes.flatMap(({ breaks, code }) => (breaks.length > 0 ? [[code, breaks]] : [])));
};

describe('a verdict', () => {
  test('no change passes, and says how many operations it looked at', async () => {
    expect(await after('', '')).toMatchObject({ passes: true, changes: [], operations: 2 });
  });

  test.each<[what: string, from: string, to: string, breaks: Record<string, string[]>]>([
    ['a field that is gone', 'total: Int!', '', { FIELD_REMOVED: ['List'] }],
    ['a field of another type', 'total: Int!', 'total: String!', { FIELD_TYPE_CHANGED: ['List'] }],
    ['a field that may be null now', 'status: Status!', 'status: Status', { FIELD_TYPE_CHANGED: ['Place'] }],
    ['an argument that is gone', 'filter: OrderFilter, ', '', { FIELD_ARGUMENT_REMOVED: ['List'] }],
    ['an argument that is required', 'first: Int)', 'first: Int!)', { FIELD_ARGUMENT_TYPE_CHANGED: [] }],
    ['a new argument that is required', 'first: Int)', 'first: Int, by: ID!)', { FIELD_ARGUMENT_ADDED: ['List'] }],
    ['a new input field that is required', 'note: String', 'note: String, by: ID!', { INPUT_FIELD_ADDED: ['Place'] }],
    ['a value that a filter may have', 'PLACED READY', 'PLACED', { ENUM_VALUE_REMOVED: ['List', 'Place'] }],
    ['an input field deep in a variable', 'most: Int', 'least: Int', { INPUT_FIELD_REMOVED: ['List'] }],
  ])('%s breaks who uses it', async (_what, from, to, breaks) => {
    const verdict = await after(from, to);
    const expected = Object.fromEntries(Object.entries(breaks).filter(([, names]) => names.length > 0));
    if (Object.keys(expected).length > 0) {
      expect(broken(verdict)).toEqual(expected);
      expect(verdict.passes).toBe(false);
    } else {
      // Nobody gives the argument: its coordinate is not used, but the operation is not valid any more.
      expect(broken(verdict)).toEqual({ OPERATION_INVALID: ['List'] });
      expect(verdict.passes).toBe(false);
    }
  });

  test('a breaking change that no operation uses passes, unless the rules are strict', async () => {
    expect(await after('version: Int!', '')).toMatchObject({
      passes: true,
      changes: [{ code: 'FIELD_REMOVED', coordinate: 'Order.version', weight: 'breaking', breaks: [], fails: false }],
    });
    expect(await after('version: Int!', '', true)).toMatchObject({ passes: false, changes: [{ fails: true }] });
  });

  test('an operation that was not valid before is nobody’s fault', async () => {
    const published = compose([menu, subgraph('orders', orders)]);
    const known = [
      { name: 'Odd', body: 'query Odd { nothing }' },
      { name: 'Broken', body: 'query {' },
    ];
    expect(await judge(published, published, known, { strict: false })).toMatchObject({ passes: true, operations: 0 });
  });

  test('what does not compose fails with every error, its code and its place', async () => {
    const other = subgraph('payments', 'type Order @key(fields: "id") { id: ID! total: String! }');
    const verdict = await judge(compose([menu]), compose([menu, subgraph('orders', orders), other]), operations, {
      strict: false,
    });
    expect(verdict).toMatchObject({ composes: false, passes: false });
    const { errors } = verdict as Extract<Verdict, { composes: false }>;
    expect(errors.map(({ code }) => code)).toContain('FIELD_TYPE_MISMATCH');
    expect(errors[0]?.places.some((place) => place.subgraph === 'payments' && place.start)).toBe(true);
  });

  test('an SDL that is none fails with the subgraph and the line', async () => {
    const verdict = await judge(compose([menu]), compose([menu, { name: 'odd', url: '', sdl: 'type {' }]), [], {
      strict: false,
    });
    expect(verdict).toMatchObject({
      composes: false,
      errors: [{ code: 'INVALID_GRAPHQL', places: [{ subgraph: 'odd', start: { line: 1, column: 6 } }] }],
    });
  });

  test('where nothing was published, there is no one to break', async () => {
    expect(await judge(compose([]), compose([menu]), operations, { strict: true })).toMatchObject({
      passes: true,
      changes: [],
    });
  });
});
