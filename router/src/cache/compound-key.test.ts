import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compoundKey } from './compound-key.ts';

/** Texts that look like parts of a key. */
const part = fc.option(
  fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.stringMatching(/^[-:\d\n]{0,6}$/),
    fc.constantFrom('', '-', '0:', '1:', '\n', '{ a }', '\n{ a }', '__proto__'),
  ),
  { nil: undefined },
);

describe('the key of several parts', () => {
  test.each([
    [
      [undefined, 'a'],
      ['', 'a'],
    ],
    [
      ['a', 'b'],
      ['ab', ''],
    ],
    [
      ['a\nb', 'c'],
      ['a', 'b\nc'],
    ],
    [['0:'], ['', '']],
    [['-'], [undefined]],
  ])('%j and %j have different keys', (one, other) => {
    expect(compoundKey(...one)).not.toBe(compoundKey(...other));
  });

  test('equal parts have equal keys, different parts different keys', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), fc.array(part, { maxLength: 4 }), (one, other) => {
        const isEqual = one.length === other.length && one.every((value, index) => value === other[index]);
        expect(compoundKey(...one) === compoundKey(...other)).toBe(isEqual);
      }),
      { numRuns: 5_000 },
    );
  });
});
