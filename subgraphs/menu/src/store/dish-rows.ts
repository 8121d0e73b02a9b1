import type { Dish } from '../dish/dish.ts';
import type { DishRow } from './entities.ts';

/** The dish from its document. */
export const dishOf = (row: DishRow): Dish => ({
  id: row._id,
  revision: row.revision,
  categoryId: row.categoryId,
  name: row.name,
  description: row.description,
  price: { amountMinor: row.priceMinor, currency: row.currency },
  available: row.available,
  dietaryTags: row.dietaryTags,
  attributes: row.attributes,
  recipe: row.recipe,
});

/** The document of a dish. */
export const rowOf = ({ id, price, ...dish }: Dish, categoryPosition: number) => ({
  _id: id,
  ...dish,
  categoryPosition,
  priceMinor: price.amountMinor,
  currency: price.currency,
});
