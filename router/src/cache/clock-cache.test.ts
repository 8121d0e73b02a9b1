import { describe, expect, test } from '@jest/globals';
import { ClockCache } from './clock-cache.ts';

const keysOf = (cache: ClockCache<string>, keys: string) =>
  keys.split('').filter((key) => cache.get(key) !== undefined);

describe('a cache of bounded size', () => {
  test('holds so many entries, the used ones longer', () => {
    const cache = new ClockCache<string>({ maxEntries: 3, maxCharacters: 1_000 });
    for (const key of 'ABC') cache.set(key, key);
    cache.get('A');
    cache.set('D', 'D');
    expect(keysOf(cache, 'ABCD')).toEqual(['A', 'C', 'D']);
  });

  test('holds so many characters, whatever the number of entries', () => {
    const cache = new ClockCache<string>({ maxEntries: 1_000, maxCharacters: 100 });
    for (const key of 'ABCDEF') cache.set(key, key, 30);
    expect(keysOf(cache, 'ABCDEF')).toEqual(['D', 'E', 'F']);
    cache.set('G', 'G', 500);
    expect(keysOf(cache, 'ABCDEFG')).toEqual(['G']);
    cache.set('H', 'H', 10);
    expect(keysOf(cache, 'GH')).toEqual(['H']);
  });

  test('an entry that is set again or deleted counts once, or no more', () => {
    const cache = new ClockCache<string>({ maxEntries: 10, maxCharacters: 100 });
    for (let time = 0; time < 10; time += 1) cache.set('A', 'A', 60);
    cache.set('B', 'B', 40);
    expect(keysOf(cache, 'AB')).toEqual(['A', 'B']);
    expect([cache.delete('A'), cache.delete('A')]).toEqual([true, false]);
    cache.set('C', 'C', 60);
    expect(keysOf(cache, 'ABC')).toEqual(['B', 'C']);
  });

  test('names what was used last', () => {
    const cache = new ClockCache<string>({ maxEntries: 10, maxCharacters: 100 });
    for (const key of 'ABC') cache.set(key, key);
    cache.get('A');
    expect(cache.latest(2)).toEqual(['A', 'C']);
  });
});
