import { expect, test } from '@jest/globals';
import { movesBetween } from './moves.ts';

const subgraphs = (sdl: Record<string, string>) =>
  Object.entries(sdl).map(([name, text]) => ({ name, url: '', sdl: text }));

test('a field that another subgraph takes over has moved, also when the old one still has it', () => {
  const before = subgraphs({
    orders: 'type Order { id: ID! total: Int! }',
    payments: 'type Order { id: ID! @external }',
  });
  const after = subgraphs({
    orders: 'type Order { id: ID! total: Int! }',
    payments: 'type Order { id: ID! @external total: Int! @override(from: "orders") }',
  });
  expect(movesBetween(before, after)).toEqual(['`Order.total` was resolved by orders and is by payments']);
  expect(movesBetween(before, before)).toEqual([]);
});
