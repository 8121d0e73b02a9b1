import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ELSE, passInteger, passNumber, passString } from './verify-json.ts';

type Pass = (bytes: Uint8Array, at: number) => number;

/** Whether a text that stands among others is passed over as a whole, and as nothing else than JSON is. */
function passes(pass: Pass, text: string): boolean {
  const bytes = Buffer.from(`[${text},"behind"]`);
  return pass(bytes, 1) === 1 + Buffer.byteLength(text);
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('JSON that is verified byte by byte', () => {
  test('strings as they are usually written', () => {
    const anyString = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme-ascii' }));
    fc.assert(fc.property(anyString, (text) => passes(passString, JSON.stringify(text))));
  });

  test('what is passed as a string is one', () => {
    const part = fc.constantFrom('a', '\\', '"', 'u', '00e9', 'n', '\n', '\u0000', 'é', '/');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = `"${parts.join('')}`;
        const end = passString(Buffer.from(text), 0);
        return end === ELSE || isJson(Buffer.from(text).toString('utf8', 0, end));
      }),
      { numRuns: 5_000 },
    );
  });

  test('integers and numbers as they are usually written', () => {
    const small = fc.integer({ min: -1e14, max: 1e14 });
    fc.assert(fc.property(small, (value) => passes(passInteger, String(value)) && passes(passNumber, String(value))));
    for (const text of ['0', '-1', '10', '999999999999999']) expect(passes(passInteger, text)).toBe(true);
    for (const text of ['0.5', '-1.25', '10.0']) expect(passes(passNumber, text)).toBe(true);
  });

  test.each(['', '-', '01', '-0', '1.', '.5', '1e3', '1.5e3', '1.5', '+1', '9999999999999999', 'NaN'])(
    'no integer: %j',
    (text) => {
      expect(passes(passInteger, text)).toBe(false);
    },
  );

  test.each(['', '-', '01', '-0', '1.', '.5', '1e3', '1.5e3', '0.1234567890123456', 'Infinity'])(
    'no number that is passed: %j',
    (text) => {
      expect(passes(passNumber, text)).toBe(false);
    },
  );

  test('what ends too soon is nothing', () => {
    for (const text of ['"', '"abc', '"\\', '"\\u00']) expect(passString(Buffer.from(text), 0)).toBe(ELSE);
    expect(passInteger(Buffer.from('-'), 0)).toBe(ELSE);
    expect(passString(Buffer.alloc(0), 0)).toBe(ELSE);
  });
});
