import { describe, expect, test } from '@jest/globals';
import { demoDishes } from '@brigade/schema/demo-data';
import { attributesSchema, prepSeconds } from './dish.ts';

describe("a dish's attributes", () => {
  test('may be anything with a name', () => {
    expect(attributesSchema.parse({ origin: 'Naples', 'Wine pairing': 'Falanghina' })).toHaveProperty('origin');
  });
  test.each([
    ['a name that does not begin with a letter', { $where: 'x' }],
    ['a value that is not text', { spicy: { $gt: '' } }],
    ['more than 30', Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`a${n}`, 'x']))],
    ['a name that every object has', { constructor: 'x' }],
    ['a name with a control character', { 'a\0': 'x' }],
    ['a value with a control character', { origin: 'a\0' }],
  ])('may not have %s', (_title, attributes) => {
    expect(attributesSchema.safeParse(attributes).success).toBe(false);
  });
});

test('preparing a dish takes as long as its steps together', () => {
  const [dish] = demoDishes;
  const expected = dish?.recipe.steps.map(({ durationSeconds }) => durationSeconds).reduce((a, b) => a + b);
  expect(prepSeconds(dish as never)).toBe(expected);
});
