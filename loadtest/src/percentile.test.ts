import { expect, test } from '@jest/globals';
import { percentile } from './percentile.ts';

test('nearest rank', () => {
  const samples = [5, 1, 4, 2, 3];
  expect([0.5, 0.95, 0.2, 1].map((share) => percentile(samples, share))).toEqual([3, 5, 1, 5]);
  expect(percentile([], 0.5)).toBeNaN();
});
