import { describe, expect, test } from '@jest/globals';
import { changesBetween } from './changes.ts';
import type { OrderState } from './operations.ts';

const placed: OrderState = {
  id: 'o1',
  status: 'PLACED',
  lines: [],
  payment: null,
  tickets: [],
  timeline: [{ name: 'OrderPlaced', at: '2026-01-01T12:00:00Z' }],
};

describe('what the terminal shows of an order', () => {
  test('at the first look, everything', () => {
    expect(changesBetween(undefined, placed)).toEqual(['OrderPlaced (2026-01-01T12:00:00Z)', 'the order is PLACED']);
  });

  test('afterwards, only what is new', () => {
    const cooking: OrderState = {
      ...placed,
      status: 'COOKING',
      payment: { status: 'CAPTURED', amount: { amountMinor: 1200 } },
      tickets: [{ id: 't1', status: 'COOKING', station: { id: 'grill' } }],
      timeline: [...placed.timeline!, { name: 'CookingStarted', at: '2026-01-01T12:01:00Z' }],
    };
    expect(changesBetween(placed, cooking)).toEqual([
      'CookingStarted (2026-01-01T12:01:00Z)',
      '  payment: CAPTURED',
      '  ticket 1: COOKING at station grill',
      'the order is COOKING',
    ]);
    expect(changesBetween(cooking, cooking)).toEqual([]);
  });

  test('an absent field of another subgraph is no change', () => {
    expect(changesBetween(placed, { ...placed, tickets: null, payment: null })).toEqual([]);
  });
});
