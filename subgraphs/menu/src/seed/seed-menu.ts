import { demoCategories, demoDishes, type DemoDish } from '@brigade/schema/demo-data';
import type { MongoMessageStore } from '@brigade/service-kit';
import type { Dish } from '../dish/dish.ts';
import { DishRepository } from '../store/dish-repository.ts';
import { CategorySchema, DishSchema } from '../store/entities.ts';

/**
 * Adds the demonstration categories and dishes that are missing, with the news of them; leaves what is there as it is.
 * Answers how many dishes were added.
 */
export function seedMenu(store: MongoMessageStore): Promise<number> {
  const dishes = new DishRepository(store);
  return store.transaction(async (tx) => {
    const categories = new Set((await tx.find(CategorySchema, {})).map(({ _id }) => _id));
    for (const { id, ...category } of demoCategories) {
      if (!categories.has(id)) await tx.insert(CategorySchema, { _id: id, ...category });
    }
    const known = new Set((await tx.find(DishSchema, {}, { fields: ['_id'] })).map(({ _id }) => _id));
    const missing = demoDishes.filter(({ id }) => !known.has(id));
    for (const dish of missing) await dishes.add(tx, firstRevision(dish));
    return missing.length;
  });
}

const firstRevision = ({ priceMinor, ...dish }: DemoDish): Dish => ({
  ...dish,
  revision: 1,
  price: { amountMinor: priceMinor, currency: 'EUR' },
  available: true,
});
