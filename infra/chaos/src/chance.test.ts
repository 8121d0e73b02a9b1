import { expect, test } from '@jest/globals';
import { Chance } from './chance.ts';

const draw = (chance: Chance) => Array.from({ length: 20 }, () => chance.next());

test('the same seed gives the same choices, another one others', () => {
  expect(draw(new Chance(7))).toEqual(draw(new Chance(7)));
  expect(draw(new Chance(7))).not.toEqual(draw(new Chance(8)));
  expect(draw(new Chance(7).fork('kill'))).not.toEqual(draw(new Chance(7).fork('freeze')));
});

test('it is even, and stays between its bounds', () => {
  const chance = new Chance(1);
  const drawn = Array.from({ length: 10_000 }, () => chance.between(2, 4));
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...drawn)).toBeLessThan(4);
  expect(drawn.filter((x) => x < 3).length).toBeGreaterThan(4_500);
  expect(chance.shuffled([1, 2, 3, 4]).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  expect(() => chance.pick([])).toThrow(RangeError);
});
