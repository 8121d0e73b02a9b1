import { expect, test } from '@jest/globals';
import { idsBeginning, patternOf } from './search-text.ts';

const whole = '01935a00-0000-7000-8000-00000000000a';

test.each([
  ['0', '00000000-0000-0000-0000-000000000000', '0fffffff-ffff-ffff-ffff-ffffffffffff'],
  ['01935A', '01935a00-0000-0000-0000-000000000000', '01935aff-ffff-ffff-ffff-ffffffffffff'],
  ['01935a00-', '01935a00-0000-0000-0000-000000000000', '01935a00-ffff-ffff-ffff-ffffffffffff'],
  [whole, whole, whole],
])('ids that begin with %s', (text, first, last) => {
  expect(idsBeginning(text)).toEqual({ first, last });
});

test.each(['pizza', '01935a000', `${whole}0`, '0-', '%'])('no id begins with %s', (text) => {
  expect(idsBeginning(text)).toBeUndefined();
});

test.each([
  ['pizza', '%pizza%'],
  ['100%', String.raw`%100\%%`],
  ['a_b', String.raw`%a\_b%`],
  ['back\\slash', String.raw`%back\\slash%`],
])('%s is searched for as it stands', (text, pattern) => {
  expect(patternOf(text)).toBe(pattern);
});
