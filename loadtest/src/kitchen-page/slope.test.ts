import { expect, test } from '@jest/globals';
import { slopePerMinute } from './slope.ts';

const sizes = (...megabytes: number[]) => megabytes.map((size, index) => ({ at: index * 30_000, megabytes: size }));

test('what grows by a megabyte every half minute grows by two a minute', () => {
  expect(slopePerMinute(sizes(10, 11, 12, 13))).toBeCloseTo(2);
});

test('what swings does not grow', () => {
  expect(slopePerMinute(sizes(10, 14, 14, 10))).toBeCloseTo(0);
  expect(slopePerMinute(sizes(10))).toBe(0);
});
