import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { textRepresentation } from './represent-as-text.ts';

const schema = buildSchema('type Query { dish: Dish } type Dish { id: ID! region: String } interface Named { id: ID }');
const field = (name: string) => ({ kind: 'Field' as const, name });
const requires = (typeCondition: string, ...keys: string[]) => [
  { kind: 'InlineFragment' as const, typeCondition, selections: ['__typename', ...keys].map(field) },
];
const represent = (keys: string[], entity: Record<string, unknown>): unknown => {
  const representation = textRepresentation(requires('Dish', ...keys), schema);
  const key = representation?.keyOf(entity);
  return key === undefined ? undefined : JSON.parse(representation?.textOf(key) ?? '');
};

describe('entities as a subgraph is told of them', () => {
  test.each([
    ['a plain text', 'd1'],
    ['a text with what JSON escapes', 'a "quoted" \\ line\nend'],
    ['half of a pair', '\ud83d'],
    ['other letters', 'crème brûlée 🍮'],
    ['a long text', 'x'.repeat(1_000)],
    ['a number', 7],
    ['null', null],
    ['an object', { a: [1] }],
  ])('%s as the only key', (_what, id) => {
    expect(represent(['id'], { __typename: 'Dish', id, other: 1 })).toEqual({ __typename: 'Dish', id });
  });

  test('several keys', () => {
    const entity = { __typename: 'Dish', id: 'd1', region: 'Provence' };
    expect(represent(['id', 'region'], entity)).toEqual(entity);
  });

  test('a number and the same as a text are two', () => {
    const { keyOf } = textRepresentation(requires('Dish', 'id'), schema) ?? {};
    expect(keyOf?.({ __typename: 'Dish', id: 1 })).not.toBe(keyOf?.({ __typename: 'Dish', id: '1' }));
  });

  test('nothing for another type, or when a key is missing', () => {
    expect(represent(['id'], { __typename: 'Drink', id: 'd1' })).toBeUndefined();
    expect(represent(['id', 'region'], { __typename: 'Dish', id: 'd1' })).toBeUndefined();
  });

  test('another case is left to others: an interface, a name that every object has', () => {
    expect(textRepresentation(requires('Named', 'id'), schema)).toBeUndefined();
    expect(textRepresentation(requires('Dish', 'constructor'), schema)).toBeUndefined();
  });
});
