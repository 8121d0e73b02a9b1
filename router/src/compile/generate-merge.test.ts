import { describe, expect, test } from '@jest/globals';
import { generateMerge } from './generate-merge.ts';

const merging = (selection: string, entity: object, answer: object, fragments = ''): unknown => {
  const merge = generateMerge(`query($r: [_Any!]!) { _entities(representations: $r) { ${selection} } } ${fragments}`);
  merge(entity as never, answer as never);
  return entity;
};

describe('what a subgraph answers for an entity', () => {
  test('is put beside what is there, and takes the place of null', () => {
    const entity = { id: '1', name: null, price: null };
    const answer = { name: 'Soup', price: { amount: 5 }, tags: [] };
    expect(merging('... on Dish { name price { amount } tags }', entity, answer)).toEqual({ id: '1', ...answer });
  });

  test('is merged below: objects key by key, lists of one length element by element', () => {
    const entity = { price: { amount: 5 }, lines: [{ id: '1' }, { id: '2' }], tags: ['a'] };
    const answer = { price: { currency: 'EUR' }, lines: [{ n: 1 }, { n: 2 }], tags: ['b', 'c'] };
    expect(merging('... on Dish { price { currency } lines { n } tags }', entity, answer)).toEqual({
      price: { amount: 5, currency: 'EUR' },
      lines: [
        { id: '1', n: 1 },
        { id: '2', n: 2 },
      ],
      tags: ['b', 'c'],
    });
  });

  test('is merged below in lists of lists: whoever holds one of the objects goes on holding it', () => {
    const inner = { id: '1' };
    const entity = { rows: [[inner, null], [], ['a']] };
    const answer = { rows: [[{ n: 1 }, null], [], ['b']] };
    expect(merging('... on Dish { rows { n } }', entity, answer)).toEqual({
      rows: [[{ id: '1', n: 1 }, null], [], ['b']],
    });
    expect(inner).toEqual({ id: '1', n: 1 });
  });

  test('is found under its aliases, in every fragment', () => {
    const selection = '__typename ... on Dish { a: name ...More } ... on Drink { b: name }';
    const answer = { __typename: 'Dish', a: 1, b: 2, c: 3 };
    expect(merging(selection, {}, answer, 'fragment More on Dish { c: price }')).toEqual(answer);
  });

  test('is not taken where it was not asked for', () => {
    expect(merging('... on Dish { name }', { id: '1' }, { name: 'Soup', id: '2', secret: true })).toEqual({
      id: '1',
      name: 'Soup',
    });
  });

  test.each(['constructor', '__proto__', 'toString'])('may be called %s', (alias) => {
    const answer = JSON.parse(`{ "${alias}": { "amount": 5 } }`) as object;
    const entity = merging(`... on Dish { ${alias}: price { amount } }`, {}, answer);
    expect(Object.getOwnPropertyDescriptor(entity, alias)?.value).toEqual({ amount: 5 });
    expect(({} as Record<string, unknown>).amount).toBeUndefined();
  });
});
