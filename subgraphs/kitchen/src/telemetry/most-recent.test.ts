import { expect, test } from '@jest/globals';
import { MostRecent } from './most-recent.ts';

test('what was not asked for longest is forgotten first', () => {
  const map = new MostRecent<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.get('a')).toBe(1);
  map.set('c', 3);
  expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([1, undefined, 3]);
  map.set('c', 4);
  map.delete('a');
  expect([map.get('a'), map.get('c')]).toEqual([undefined, 4]);
  map.clear();
  expect(map.get('c')).toBeUndefined();
});
