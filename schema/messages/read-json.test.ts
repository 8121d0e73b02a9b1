import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_JSON_BYTES, MAX_JSON_DEPTH, UnreadableJson, readJson } from './read-json.ts';

const faultOf = (bytes: Uint8Array | string): string => {
  try {
    readJson(Buffer.from(bytes as string));
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableJson);
    return (error as Error).message;
  }
  return 'none';
};

describe('JSON from bytes', () => {
  test('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(JSON.stringify(readJson(Buffer.from(JSON.stringify(value))))).toBe(JSON.stringify(value));
      }),
    );
  });

  test('may begin with a byte order mark, and have brackets in its strings', () => {
    expect(readJson(Buffer.from('\ufeff{"a":1}'))).toEqual({ a: 1 });
    const text = `${'['.repeat(200)}\\"${'{'.repeat(200)}`;
    expect(readJson(Buffer.from(JSON.stringify({ [text]: text })))).toEqual({ [text]: text });
  });

  test('is as deep as the limit, and not deeper', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(faultOf(nested(MAX_JSON_DEPTH))).toBe('none');
    expect(faultOf(nested(MAX_JSON_DEPTH + 1))).toBe('nested deeper than 64 levels');
    expect(faultOf('['.repeat(20_000))).toBe('nested deeper than 64 levels');
  });

  test.each([
    ['', 'not JSON: it is empty'],
    ['hello', 'not JSON: 5 bytes'],
    ['{"a":1', 'not JSON: 6 bytes'],
    [Buffer.from([0xff, 0xfe, 0x00]), 'not UTF-8'],
    [Buffer.alloc(MAX_JSON_BYTES + 1, 0x20), 'bytes, of 2097152 at most'],
  ])('%#: says what is wrong, readably', (bytes, fault) => expect(faultOf(bytes)).toContain(fault));
});
