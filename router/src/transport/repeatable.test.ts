import { describe, expect, test } from '@jest/globals';
import { isRepeatable } from './repeatable.ts';

const asks = (kind: 'query' | 'mutation', query: string, variables: object = {}) =>
  isRepeatable(
    { subgraph: 'orders', kind, operationName: undefined, body: JSON.stringify({ query, variables }) },
    'idempotencyKey',
  );

describe('what may be sent again', () => {
  test.each([
    ['a query', 'query', '{ a }', {}, true],
    ['a mutation', 'mutation', 'mutation { a }', {}, false],
    ['one with a key', 'mutation', 'mutation { a(idempotencyKey: "k") }', {}, true],
    [
      'one with a key in its input',
      'mutation',
      'mutation ($i: I!) { a(input: $i) }',
      { i: { idempotencyKey: 'k' } },
      true,
    ],
    ['one with an empty key', 'mutation', 'mutation ($k: ID) { a(idempotencyKey: $k) }', { k: '' }, false],
    ['one with a key that is not given', 'mutation', 'mutation ($k: ID) { a(idempotencyKey: $k) }', {}, false],
    ['two of which one has none', 'mutation', 'mutation { a(idempotencyKey: "k") b }', {}, false],
  ] as const)('%s', (_what, kind, query, variables, expected) => {
    expect(asks(kind, query, variables)).toBe(expected);
  });
});
