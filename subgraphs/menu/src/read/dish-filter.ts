import { text } from '@brigade/schema';
import { z } from 'zod';
import { dietaryTagSchema } from '../dish/dish.ts';

/** Which dishes to list; every condition must hold. An absent or null one holds for all. */
export const dishFilterSchema = z
  .strictObject({
    categoryId: z.uuid('must be the id of a category').nullish(),
    minPriceMinor: z.int().min(0).nullish(),
    maxPriceMinor: z.int().min(0).nullish(),
    dietaryTags: z.array(dietaryTagSchema).max(20).nullish(),
    available: z.boolean().nullish(),
    search: text({ max: 100, trim: true }).nullish(),
  })
  .refine(({ minPriceMinor, maxPriceMinor }) => (minPriceMinor ?? 0) <= (maxPriceMinor ?? Infinity), {
    path: ['minPriceMinor'],
    error: 'must not exceed maxPriceMinor',
  });
export type DishFilter = z.infer<typeof dishFilterSchema>;

/** The filter as a query on the collection; `search` is not part of it. */
export function filterQuery(filter: DishFilter): Record<string, unknown> {
  const { categoryId, minPriceMinor, maxPriceMinor, dietaryTags, available } = filter;
  const price = {
    ...(typeof minPriceMinor === 'number' && { $gte: minPriceMinor }),
    ...(typeof maxPriceMinor === 'number' && { $lte: maxPriceMinor }),
  };
  return {
    ...(categoryId && { categoryId }),
    ...(Object.keys(price).length > 0 && { priceMinor: price }),
    ...(dietaryTags?.length && { dietaryTags: { $all: dietaryTags } }),
    ...(typeof available === 'boolean' && { available }),
  };
}
