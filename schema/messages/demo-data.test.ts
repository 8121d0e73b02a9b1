import { describe, expect, test } from '@jest/globals';
import { demoCategories, demoDishes, demoIngredients } from './demo-data.ts';
import { recipeSchema, stationKinds } from './values.ts';

const known = new Map(demoIngredients.map((ingredient) => [ingredient.id, ingredient]));

describe('the demonstration restaurant', () => {
  test('has 40 ingredients, 6 categories and at least 24 dishes, each with an id and a name of its own', () => {
    expect(demoIngredients).toHaveLength(40);
    expect(demoCategories).toHaveLength(6);
    expect(demoDishes.length).toBeGreaterThanOrEqual(24);
    for (const list of [demoIngredients, demoCategories, demoDishes]) {
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
      expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
    }
  });

  test.each(demoDishes.map((dish) => [dish.name, dish] as const))('%s can be cooked from what there is', (_, dish) => {
    expect(recipeSchema.parse(dish.recipe)).toEqual(dish.recipe);
    expect(demoCategories.some(({ id }) => id === dish.categoryId)).toBe(true);
    for (const { ingredientId } of dish.recipe.ingredients) expect(known.has(ingredientId)).toBe(true);
    const seconds = dish.recipe.steps.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
    expect(seconds).toBeGreaterThanOrEqual(120);
    expect(seconds).toBeLessThanOrEqual(420);
  });

  test('the steps are spread over all stations, none with more than a third', () => {
    const steps = demoDishes.flatMap((dish) => dish.recipe.steps);
    for (const station of stationKinds) {
      const share = steps.filter((step) => step.station === station).length / steps.length;
      expect(share).toBeGreaterThan(1 / 10);
      expect(share).toBeLessThan(1 / 3);
    }
  });

  test('all but white truffle lasts for 20,000 portions of the dish that takes the most of it', () => {
    for (const dish of demoDishes) {
      for (const { ingredientId, quantity } of dish.recipe.ingredients) {
        const ingredient = known.get(ingredientId);
        if (ingredient?.name === 'White truffle') expect(ingredient.initialStock / quantity).toBe(6);
        else expect((ingredient?.initialStock ?? 0) / quantity).toBeGreaterThanOrEqual(20_000);
      }
    }
  });
});
