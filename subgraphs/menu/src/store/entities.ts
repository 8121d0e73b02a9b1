import type { Recipe } from '@brigade/schema';
import { defineEntity, p, type InferEntity } from '@mikro-orm/mongodb';
import type { DietaryTag } from '../dish/dish.ts';

export const CategorySchema = defineEntity({
  name: 'Category',
  collection: 'categories',
  properties: {
    _id: p.string().primary(),
    name: p.string().unique(),
    description: p.string(),
    position: p.integer(),
  },
});
export type CategoryRow = InferEntity<typeof CategorySchema>;

/** `categoryPosition` repeats the category's, so that the order of the menu is one index. */
export const DishSchema = defineEntity({
  name: 'Dish',
  collection: 'dishes',
  properties: {
    _id: p.string().primary(),
    revision: p.integer(),
    categoryId: p.string(),
    categoryPosition: p.integer(),
    name: p.string(),
    description: p.string(),
    priceMinor: p.integer(),
    currency: p.string().$type<'EUR'>(),
    available: p.boolean(),
    dietaryTags: p.array().$type<DietaryTag[]>(),
    attributes: p.json<Record<string, string>>(),
    recipe: p.json<Recipe>(),
  },
  indexes: [
    { properties: ['categoryPosition', 'name', '_id'] },
    { properties: ['categoryId'] },
    { properties: ['name', 'description'], type: 'fulltext', options: { weights: { name: 10, description: 1 } } },
  ],
});
export type DishRow = InferEntity<typeof DishSchema>;

export const entities = [CategorySchema, DishSchema];
