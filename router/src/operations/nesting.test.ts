import { describe, expect, test } from '@jest/globals';
import { nestsDeeperThan } from './nesting.ts';

const nested = (depth: number): unknown => JSON.parse(`${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`);

describe('how deep a value nests', () => {
  test.each<[number, unknown, boolean]>([
    [3, 1, false],
    [3, null, false],
    [3, { a: { b: { c: 1 } } }, false],
    [3, { a: { b: { c: { d: 1 } } } }, false],
    [3, { a: { b: { c: { d: [] } } } }, true],
    [3, [1, [2, [3, [4, [5]]]], 6], true],
    [200, nested(100), false],
    [200, nested(101), true],
    [200, nested(100_000), true],
  ])('%i levels', (max, value, is) => {
    expect(nestsDeeperThan(max, value)).toBe(is);
  });
});
