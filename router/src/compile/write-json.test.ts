import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeJson, writeNumber, writeString, type JsonOutput } from './write-json.ts';

const outputOf = (length: number): JsonOutput => ({ bytes: Buffer.alloc(length), isAscii: true });

function written<T>(write: (value: T, output: JsonOutput, at: number) => number, value: T): string {
  const output = outputOf(10_000);
  const end = write(value, output, 3);
  if (output.bytes[end] !== 0) throw new Error('something is written behind the end');
  return output.bytes.toString('utf8', 3, end);
}

const anyString = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
  // Halves of pairs, too.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 50 }).map((codes) => String.fromCharCode(...codes)),
);
const anyNumber = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 9, 10, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1e21, 1e-7, Number.MAX_SAFE_INTEGER),
);

describe('JSON that is written byte by byte', () => {
  test('is that of JSON.stringify', () => {
    fc.assert(fc.property(anyString, (text) => written(writeString, text) === JSON.stringify(text)));
    fc.assert(fc.property(anyNumber, (value) => written(writeNumber, value) === JSON.stringify(value)));
    fc.assert(fc.property(fc.jsonValue(), (value) => written(writeJson, value) === JSON.stringify(value)));
  });

  test('every character alone', () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const text = String.fromCharCode(code);
      if (written(writeString, text) !== JSON.stringify(text)) expect(code).toBe('as JSON.stringify writes it');
    }
  });

  test('says when it is not ASCII', () => {
    const output = outputOf(100);
    writeString('plain "and" not', output, writeString('plain', output, 0));
    expect(output.isAscii).toBe(true);
    writeString('Crème brûlée', output, 0);
    expect(output.isAscii).toBe(false);
  });

  test('what does not fit is counted all the same', () => {
    const texts = ['a text', 'Crème', '"'.repeat(20)];
    for (const text of texts) {
      for (const room of [0, 1, 5]) {
        expect(writeString(text, outputOf(room), 2)).toBe(2 + Buffer.byteLength(JSON.stringify(text)));
      }
    }
    expect(writeNumber(-12_345, outputOf(3), 2)).toBe(8);
  });
});
