import { describe, expect, test } from '@jest/globals';
import { LabelNames } from './label-names.ts';

const see = (names: LabelNames, name: string, times = 1) => {
  let label = '';
  for (let time = 0; time < times; time += 1) label = names.labelOf(name);
  return label;
};

describe('names as values of a label', () => {
  test('one that is known counts as itself, always', () => {
    const names = new LabelNames({ known: ['Menu'] });
    for (let number = 0; number < 10_000; number += 1) see(names, `Made${number}`, 6);
    expect(see(names, 'Menu')).toBe('Menu');
  });

  test('another counts as itself once it was seen several times', () => {
    const names = new LabelNames({ after: 3 });
    expect([1, 2, 3, 4].map(() => names.labelOf('Menu'))).toEqual(['other', 'other', 'Menu', 'Menu']);
  });

  test('names that come once do not keep others from it', () => {
    const names = new LabelNames();
    for (let number = 0; number < 10_000; number += 1) expect(see(names, `Made${number}`)).toBe('other');
    expect(see(names, 'Menu', 5)).toBe('Menu');
  });

  test('there are never more than so many, and one that is used stays', () => {
    const evicted: string[] = [];
    const names = new LabelNames({ maxOthers: 10, after: 2, onEvicted: (name) => evicted.push(name) });
    see(names, 'Menu', 2);
    for (let number = 0; number < 1_000; number += 1) {
      expect(see(names, `Made${number}`, 2)).toBe(`Made${number}`);
      expect(names.labelOf('Menu')).toBe('Menu');
    }
    expect(evicted).toHaveLength(1_001 - 10);
    expect(new Set(evicted).size).toBe(evicted.length);
  });

  test('where all are used, one goes all the same', () => {
    const names = new LabelNames({ maxOthers: 2, after: 1 });
    for (const name of ['A', 'B', 'A', 'B', 'C']) expect(names.labelOf(name)).toBe(name);
  });

  test('one that is very long is not told apart', () => {
    expect(see(new LabelNames({ after: 1 }), 'x'.repeat(101))).toBe('other');
  });
});
