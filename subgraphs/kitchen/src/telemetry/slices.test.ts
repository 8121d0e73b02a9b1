import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { slicesOf } from './slices.ts';

const noon = Date.UTC(2026, 0, 1, 12);

describe('what is read for a window', () => {
  test('all of it, where it has no more seconds than points', () => {
    expect(slicesOf({ from: noon + 300, to: noon + 4_200, points: 5 })).toEqual([
      { first: noon, last: noon + 4_999, count: 5 },
    ]);
  });

  test('one reading of each of as many equal slices as there are points', () => {
    expect(slicesOf({ from: noon, to: noon + 59_999, points: 3 })).toEqual([
      { first: noon, last: noon + 19_999, count: 1 },
      { first: noon + 20_000, last: noon + 39_999, count: 1 },
      { first: noon + 40_000, last: noon + 59_999, count: 1 },
    ]);
  });

  test('covers the window without gap or overlap, with no more readings than points', () => {
    const window = fc.record({
      from: fc.integer({ min: noon, max: noon + 10_000 }),
      length: fc.integer({ min: 1, max: 3_600_000 }),
      points: fc.integer({ min: 1, max: 720 }),
    });
    fc.assert(
      fc.property(window, ({ from, length, points }) => {
        const slices = slicesOf({ from, to: from + length, points });
        expect(slices.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(points);
        expect(slices[0]?.first).toBeLessThanOrEqual(from);
        expect(slices.at(-1)?.last).toBeGreaterThanOrEqual(from + length);
        for (const [index, { first }] of slices.entries()) {
          if (index > 0) expect(first).toBe((slices[index - 1]?.last ?? 0) + 1);
        }
      }),
    );
  });
});
