import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseExact } from './exact-json.ts';

describe('JSON with integers beyond 2^53', () => {
  test.each([
    '9007199254740993',
    '-9007199254740993',
    '{"id":12345678901234567890,"n":1,"t":"12345678901234567890"}',
    '[18446744073709551615,{"a":[-9223372036854775808]}]',
    '{"__proto__":9007199254740993}',
  ])('is what came when it is written again: %s', (text) => {
    expect(JSON.stringify(parseExact(text))).toBe(text);
  });

  test('neighbours are different, equal ones equal', () => {
    const [one, other, same] = parseExact('[9007199254740992,9007199254740993,9007199254740993]') as unknown[];
    expect(one).not.toBe(other);
    expect(other).toBe(same);
  });

  test('everything else is as JSON.parse has it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.stringify(parseExact(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
    expect(parseExact('[1e30,0.12345678901234567890,"1234567890123456789",1234567890123456]')).toEqual([
      1e30,
      0.123_456_789_012_345_68,
      '1234567890123456789',
      1_234_567_890_123_456,
    ]);
    expect(() => parseExact('{"a":12345678901234567890')).toThrow(SyntaxError);
  });
});
