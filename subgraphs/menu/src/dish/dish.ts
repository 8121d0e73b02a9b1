import { moneySchema, recipeSchema, text } from '@brigade/schema';
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

/** Whatever every object has is no name: set as a property it would vanish, or change the object itself. */
const attributeName = text({ max: 40 })
  .regex(/^[A-Za-z][A-Za-z0-9 _-]*$/, 'must begin with a letter')
  .refine((name) => !(name in Object.prototype), { error: 'is a name that attributes can not have' });

const attributeValue = text({ max: 200, multiline: true, trim: true });
/** One attribute, before it becomes a property of an object: there `__proto__` would vanish without a word. */
export const attributeSchema = z.object({ name: attributeName, value: attributeValue });

/** Whatever else is worth saying of a dish, by name: an open document. Names begin with a letter. */
export const attributesSchema = z
  .record(attributeName, attributeValue)
  .refine((attributes) => Object.keys(attributes).length <= MAX_ATTRIBUTES, `at most ${MAX_ATTRIBUTES} attributes`);

/** What the restaurant decides about a dish. */
export const dishContentSchema = z.strictObject({
  categoryId: z.uuid('must be the id of a category'),
  name: text({ max: 100, trim: true }),
  description: text({ max: 1_000, multiline: true, trim: true }),
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
