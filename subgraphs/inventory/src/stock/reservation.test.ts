import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decideReserve,
  needsOf,
  nextStatus,
  portionsOf,
  type ReservationEvent,
  type ReservationStatus,
} from './reservation.ts';

const level = (ingredientId: string, onHand: number) => [ingredientId, { ingredientId, onHand, version: 1 }] as const;

describe('what an order takes', () => {
  const recipes = new Map([
    [
      'pizza',
      [
        { ingredientId: 'flour', quantity: 200 },
        { ingredientId: 'cheese', quantity: 80 },
      ],
    ],
    ['bread', [{ ingredientId: 'flour', quantity: 300 }]],
  ]);

  test('is portions times recipe, summed over the lines, in the order of ids', () => {
    const lines = [
      { dishId: 'pizza', quantity: 2 },
      { dishId: 'bread', quantity: 1 },
      { dishId: 'pizza', quantity: 1 },
    ];
    expect(needsOf(lines, recipes)).toEqual([
      { ingredientId: 'cheese', quantity: 240 },
      { ingredientId: 'flour', quantity: 900 },
    ]);
  });

  test('is reserved only if everything suffices, to the last gram', () => {
    const needs = [{ ingredientId: 'flour', quantity: 200 }];
    expect(decideReserve(needs, new Map([level('flour', 200)]))).toEqual({ reserved: true });
    expect(decideReserve(needs, new Map([level('flour', 199)]))).toEqual({
      reserved: false,
      shortages: [{ ingredientId: 'flour', needed: 200, available: 199 }],
    });
    expect(decideReserve(needs, new Map())).toMatchObject({ shortages: [{ available: 0 }] });
  });

  test('portions follow the shortest ingredient', () => {
    const stock = new Map([
      ['flour', 1_000],
      ['cheese', 170],
    ]);
    expect(portionsOf(recipes.get('pizza') ?? [], (id) => stock.get(id) ?? 0)).toBe(2);
    expect(portionsOf([], () => 5)).toBe(0);
    expect(portionsOf([{ ingredientId: 'egg', quantity: 1 }], () => 5e9)).toBe(2 ** 31 - 1);
  });
});

describe("a reservation's life", () => {
  const events: ReservationEvent[] = ['capture', 'release', 'complete'];

  test('held, paid for, used up', () => {
    expect(nextStatus(nextStatus('HELD', 'capture'), 'complete')).toBe('CONSUMED');
  });
  test('a release that comes before the order leaves a mark', () => {
    expect(nextStatus(undefined, 'release')).toBe('RELEASED');
    expect(nextStatus(undefined, 'capture')).toBeUndefined();
  });
  test('end states are left by nothing, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ReservationStatus>('CONSUMED', 'RELEASED', 'REJECTED'),
        fc.array(fc.constantFrom(...events)),
        (end, later) => {
          expect(later.reduce<ReservationStatus | undefined>(nextStatus, end)).toBe(end);
        },
      ),
    );
  });
});
