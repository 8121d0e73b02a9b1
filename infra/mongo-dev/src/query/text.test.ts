import { describe, expect, test } from '@jest/globals';
import { compileText } from './text.ts';
import { wordsOf } from './words.ts';

const weights = { title: 10, body: 1 };

describe('words', () => {
  test.each([
    ['The Crème Brûlée', ['crem', 'brule']],
    ['berries berry', ['berri', 'berri']],
    ['dishes dish', ['dish', 'dish']],
    ['tomatoes, tomato; potatoes', ['tomato', 'tomato', 'potato']],
    ['olives olive', ['oliv', 'oliv']],
    ['glass couscous', ['glass', 'couscous']],
  ])('%s', (text, words) => expect(wordsOf(text)).toEqual(words));
});

describe('text search', () => {
  const score = (search: string, doc: object) => compileText({ $search: search }, weights).score({ ...doc });

  // The expected figures follow the formula in MongoDB's fts_spec.cpp by hand.
  test.each([
    ['pizza', { title: 'Pizza' }, 11],
    ['pizza', { body: 'pizza bread' }, 0.75],
    ['pizza', { body: 'pizza pizza' }, 1.5],
    ['pizza bread', { body: 'pizza bread' }, 1.5],
    ['pizza', { title: 'bread' }, 0],
  ])('%s in %j scores %d', (search, doc, expected) => expect(score(search, doc)).toBeCloseTo(expected, 10));

  test('words are alternatives, phrases are required, minus excludes', () => {
    const doc = { title: 'Hot tomato soup', body: ['fresh basil'] };
    const matches = (search: string) => compileText({ $search: search }, weights).matches({ ...doc });
    expect(['tomatoes', 'pizza basil', '"tomato soup"'].map(matches)).toEqual([true, true, true]);
    expect(['pizza', 'tomato -basil', '"soup tomato"', '', '-pizza'].map(matches)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test('needs an index, and refuses options by name', () => {
    expect(() => compileText({ $search: 'a' }, undefined)).toThrow('text index required');
    expect(() => compileText({ $search: 'a', $caseSensitive: true }, weights)).toThrow('$caseSensitive');
    expect(() => compileText({ $search: 'a', $language: 'german' }, weights)).toThrow('$language');
  });
});
