import { moneySchema, recipeSchema } from '@brigade/schema';
import { z } from 'zod';

export const dietaryTags = [
  'VEGETARIAN',
  'VEGAN',
  'GLUTEN_FREE',
  'DAIRY_FREE',
  'HALAL',
  'SPICY',
  'CONTAINS_NUTS',
] as const;
export const dietaryTagSchema = z.enum(dietaryTags);
export type DietaryTag = z.infer<typeof dietaryTagSchema>;

const MAX_ATTRIBUTES = 30;

/** Whatever else is worth saying of a dish, by name: an open document. Names begin with a letter. */
export const attributesSchema = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9 _-]{0,39}$/), z.string().trim().min(1).max(200))
  .refine((attributes) => Object.keys(attributes).length <= MAX_ATTRIBUTES, `at most ${MAX_ATTRIBUTES} attributes`);

/** What the restaurant decides about a dish. */
export const dishContentSchema = z.strictObject({
  categoryId: z.uuid('must be the id of a category'),
  name: z.string().trim().min(1).max(100),
  description: z.string().trim().min(1).max(1_000),
  price: moneySchema,
  available: z.boolean(),
  dietaryTags: z.array(dietaryTagSchema).transform((tags) => [...new Set(tags)]),
  attributes: attributesSchema,
  recipe: recipeSchema,
});
export type DishContent = z.infer<typeof dishContentSchema>;

/** A dish as it stands. `revision` counts from 1 and grows by one with each change. */
export interface Dish extends DishContent {
  id: string;
  revision: number;
}

/** How long the kitchen works on one portion, kitchen seconds. */
export const prepSeconds = ({ recipe }: Pick<Dish, 'recipe'>): number =>
  recipe.steps.reduce((sum, step) => sum + step.durationSeconds, 0);
