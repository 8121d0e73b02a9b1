import { describe, expect, test } from '@jest/globals';
import { deadlineOf } from './deadlines.ts';
import { IdempotencyConflict } from './errors.ts';
import { priceLines, type KnownDish } from './pricing.ts';

const dish = (dishId: string, amountMinor: number, available = true): KnownDish => ({
  dishId,
  name: dishId,
  price: { amountMinor, currency: 'EUR' },
  available,
});
const menu = new Map(
  [dish('soup', 650), dish('steak', 2_490), dish('oysters', 1_900, false)].map((known) => [known.dishId, known]),
);
let next = 0;
const newId = () => `line-${(next += 1)}`;

describe('pricing', () => {
  test("takes today's prices and sums them exactly", () => {
    const { lines, total } = priceLines(
      [
        { dishId: 'soup', quantity: 3 },
        { dishId: 'steak', quantity: 1 },
      ],
      menu,
      newId,
    );
    expect(total).toEqual({ amountMinor: 3 * 650 + 2_490, currency: 'EUR' });
    expect(lines.map(({ unitPrice }) => unitPrice.amountMinor)).toEqual([650, 2_490]);
  });

  test('names every dish that is unknown or off the menu, once', () => {
    const order = [
      { dishId: 'oysters', quantity: 1 },
      { dishId: 'dragon', quantity: 1 },
      { dishId: 'dragon', quantity: 2 },
    ];
    expect(() => priceLines(order, menu, newId)).toThrow(
      expect.objectContaining({ code: 'DISH_UNAVAILABLE', dishIds: ['oysters', 'dragon'] }),
    );
  });
});

test('a key that was used for another order is refused by its code', () => {
  expect(new IdempotencyConflict()).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
});

describe('deadlines', () => {
  const deadlines = { PLACED: 1_000, CONFIRMED: 2_000, PAID: 3_000, COOKING: 4_000, READY: 5_000 };
  test('count from when the state was entered', () => {
    expect(deadlineOf('PAID', '2026-01-01T00:00:00.000Z', deadlines)).toBe('2026-01-01T00:00:03.000Z');
  });
  test('an ended order has none', () => {
    expect(deadlineOf('CANCELLED', '2026-01-01T00:00:00.000Z', deadlines)).toBeNull();
  });
});
