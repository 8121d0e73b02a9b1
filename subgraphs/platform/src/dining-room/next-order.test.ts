import { describe, expect, test } from '@jest/globals';
import { SEATS, nextOrder, pauseBefore, type MenuDish } from './next-order.ts';

const menu: MenuDish[] = [
  { id: 'soup', availablePortions: 10 },
  { id: 'fish', availablePortions: null },
  { id: 'cake', availablePortions: 2 },
  { id: 'sold out', availablePortions: 0 },
];
const steps = Array.from({ length: 2_000 }, (_, step) => step);
const orders = (seed: number, dishes = menu) => steps.map((step) => nextOrder({ seed, step }, dishes));

describe('what virtual guests order', () => {
  test('is the same for the same seed, whatever the order of the menu, and another for another', () => {
    expect(orders(1)).toEqual(orders(1, menu.toReversed()));
    expect(orders(1)).not.toEqual(orders(2));
    expect(orders(1)[5]).not.toEqual(orders(1)[6]);
  });

  test('is one to three dishes that are to be had, one or two of each; every guest comes, every dish is liked', () => {
    const seen = orders(7).map((order) => order ?? { seat: -1, lines: [] });
    for (const { lines } of seen) {
      expect([1, 2, 3]).toContain(lines.length);
      expect(new Set(lines.map(({ dishId }) => dishId)).size).toBe(lines.length);
      for (const { quantity } of lines) expect([1, 2]).toContain(quantity);
    }
    expect(new Set(seen.map(({ seat }) => seat))).toEqual(new Set(Array.from({ length: SEATS }, (_, seat) => seat)));
    const liked = new Set(seen.flatMap(({ lines }) => lines.map(({ dishId }) => dishId)));
    expect(liked).toEqual(new Set(['soup', 'fish', 'cake']));
  });

  test('is nothing where nothing is to be had', () => {
    expect(nextOrder({ seed: 1, step: 0 }, [])).toBeUndefined();
    expect(nextOrder({ seed: 1, step: 0 }, [{ id: 'cake', availablePortions: 1 }])).toBeUndefined();
  });
});

describe('how long they think', () => {
  const pauses = (seed: number, pace: number) => steps.map((step) => pauseBefore({ seed, step }, pace));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  test.each([1, 12, 240])('is exponential: %d orders a minute in the mean, and as much spread', (pace) => {
    for (const seed of [1, 2, -3]) {
      const sample = pauses(seed, pace);
      const expected = 60_000 / pace;
      expect(Math.abs(mean(sample) / expected - 1)).toBeLessThan(0.1);
      const spread = Math.sqrt(mean(sample.map((pause) => (pause - mean(sample)) ** 2)));
      expect(Math.abs(spread / expected - 1)).toBeLessThan(0.15);
      expect(Math.min(...sample)).toBeGreaterThanOrEqual(0);
    }
  });

  test('is the same for the same seed', () => {
    expect(pauses(1, 12)).toEqual(pauses(1, 12));
    expect(pauses(1, 12)).not.toEqual(pauses(2, 12));
  });
});
