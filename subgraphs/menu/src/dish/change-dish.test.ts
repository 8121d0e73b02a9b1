import { describe, expect, test } from '@jest/globals';
import { changeDish } from './change-dish.ts';
import { prepSeconds, type Dish } from './dish.ts';
import { RevisionConflict } from './errors.ts';

const dish: Dish = {
  id: '01950000-0000-7000-8000-000000000001',
  revision: 3,
  categoryId: '01950000-0000-7000-8000-000000000002',
  name: 'Margherita',
  description: 'Tomato, mozzarella and basil.',
  price: { amountMinor: 1150, currency: 'EUR' },
  available: true,
  dietaryTags: ['VEGETARIAN'],
  attributes: { origin: 'Naples' },
  recipe: {
    ingredients: [{ ingredientId: '01950000-0000-7000-8000-000000000003', quantity: 180 }],
    steps: [
      { name: 'Top', station: 'PREP', targetCelsius: null, durationSeconds: 30 },
      { name: 'Bake', station: 'OVEN', targetCelsius: 280, durationSeconds: 180 },
    ],
  },
};

describe('given a dish at revision 3', () => {
  test('when its price changes, then it is at revision 4 and otherwise the same', () => {
    const price = { amountMinor: 1250, currency: 'EUR' } as const;
    expect(changeDish(dish, { price })).toEqual({ ...dish, price, revision: 4 });
  });
  test('when it is told what it is already, then nothing changes', () => {
    expect(changeDish(dish, { available: true, price: { ...dish.price } })).toBe(dish);
  });
  test('when the writer had seen revision 3, then the change is taken', () => {
    expect(changeDish(dish, { available: false }, 3).revision).toBe(4);
  });
  test('when the writer had seen revision 2, then the change is refused', () => {
    expect(() => changeDish(dish, { available: false }, 2)).toThrow(RevisionConflict);
  });
  test('then it takes the kitchen as long as its steps together', () => {
    expect(prepSeconds(dish)).toBe(210);
  });
});
