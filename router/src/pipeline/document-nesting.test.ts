import { describe, expect, test } from '@jest/globals';
import { checkNesting } from './document-nesting.ts';

const isRefused = (text: string, maxTokens = 100_000): boolean => {
  try {
    checkNesting(text, maxTokens);
    return false;
  } catch {
    return true;
  }
};
const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)} a ${close.repeat(depth)}`;

describe('how deep a document nests', () => {
  test.each<[string, string, boolean]>([
    ['selections, as deep as they may', nested('{ a ', '}', 200), false],
    ['selections, too deep', nested('{ a ', '}', 201), true],
    ['inline fragments', nested('{ ...', '}', 201), true],
    ['lists', `{ a(b: ${nested('[', ']', 199)}) }`, true],
    ['objects', `{ a(b: ${nested('{ c: ', '}', 199)}) }`, true],
    ['types of variables', `query ($a: ${nested('[', ']', 200)}) { a }`, true],
    ['brackets in texts and comments', `{ a(b: "${'['.repeat(300)}") } # ${'{'.repeat(300)}`, false],
    ['many brackets side by side', '{ a(b: [1]) }'.repeat(1_000), false],
    ['what is no document', `${'{'.repeat(100)} ? ${'{'.repeat(300)}`, false],
  ])('%s', (_what, text, is) => {
    expect(isRefused(text)).toBe(is);
  });

  test('what the parser refuses for its length is not read to its end', () => {
    expect(isRefused(nested('{ a ', '}', 201), 100)).toBe(false);
  });
});
