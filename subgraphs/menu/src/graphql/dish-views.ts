import { BadUserInput } from '@brigade/service-kit';
import { z } from 'zod';
import { attributeSchema, prepSeconds, type Dish as MenuDish } from '../dish/dish.ts';
import type { DishAttributeInput, RecipeInput } from './dish.input.ts';
import type { Dish } from './dish.type.ts';

/** The API's dish. */
export const dishView = (dish: MenuDish): Dish => ({
  ...dish,
  prepSeconds: prepSeconds(dish),
  recipe: {
    ingredients: dish.recipe.ingredients.map(({ ingredientId, quantity }) => ({
      ingredient: { id: ingredientId },
      quantity,
    })),
    steps: dish.recipe.steps,
  },
});

/** @throws ZodError for a name or a value that breaks a rule, BadUserInput when a name comes twice */
export function attributesOf(list: readonly DishAttributeInput[]): Record<string, string> {
  const { attributes } = z.object({ attributes: z.array(attributeSchema) }).parse({ attributes: list });
  const names = new Set(attributes.map(({ name }) => name));
  if (names.size !== attributes.length) throw new BadUserInput('attributes: a name may come once only');
  return Object.fromEntries(attributes.map(({ name, value }) => [name, value]));
}

/** The recipe as the contracts have it. */
export const recipeOf = ({ ingredients, steps }: RecipeInput) => ({
  ingredients: ingredients.map(({ ingredientId, quantity }) => ({ ingredientId, quantity })),
  steps: steps.map(({ name, station, targetCelsius, durationSeconds }) => ({
    name,
    station,
    targetCelsius: targetCelsius ?? null,
    durationSeconds,
  })),
});
