import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, clip, isCleanText, text } from './text.ts';

const accepts = (rules: Parameters<typeof text>[0], value: string) => text(rules).safeParse(value).success;

describe('text', () => {
  test.each(['a\0', '\u0007', '\u001b[2J', '\u007f', '\u0085', 'half \ud800', '\udc00 half', '\udc00\ud800'])(
    '%j is none, on one line or on many',
    (value) => {
      expect(accepts({}, value)).toBe(false);
      expect(accepts({ multiline: true }, value)).toBe(false);
      expect(isCleanText(value)).toBe(false);
    },
  );

  test.each(['a\nb', 'a\r\nb', 'a\tb'])('%j needs many lines', (value) => {
    expect(accepts({}, value)).toBe(false);
    expect(accepts({ multiline: true }, value)).toBe(true);
    expect(isCleanText(value)).toBe(true);
  });

  test('counts characters, not halves of pairs', () => {
    expect(accepts({ max: 3 }, '🍣🍣🍣')).toBe(true);
    expect(accepts({ max: 3 }, '🍣🍣🍣🍣')).toBe(false);
    expect(accepts({ min: 3 }, '🍣🍣')).toBe(false);
    expect(accepts({ min: 2, max: 2 }, 'é é'.slice(0, 2))).toBe(true);
    expect(accepts({}, '')).toBe(false);
    expect(accepts({ min: 0 }, '')).toBe(true);
  });

  test('is made of what others said, and cut to a length, without half a character', () => {
    expect(cleanText('a\0b\n\ud800')).toBe('a\ufffdb\n\ufffd');
    expect(clip('🍣🍣🍣', 2)).toBe('🍣🍣');
    expect(clip('abc', 3)).toBe('abc');
    expect(accepts({ max: 2 }, clip('x🍣🍣', 2))).toBe(true);
  });

  test('is trimmed where told, before it is measured', () => {
    expect(text({ trim: true, max: 3 }).parse('  abc\n')).toBe('abc');
    expect(accepts({ trim: true }, ' \t ')).toBe(false);
    expect(text().parse(' a ')).toBe(' a ');
  });

  test('without control characters and halves of pairs it is kept as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        fc.pre(!/[\p{Cc}\u2028\u2029]/u.test(value));
        expect(text().parse(value)).toBe(value);
      }),
    );
  });
});
