import { v7 as uuidv7 } from 'uuid';
import type { MenuDeps } from '../deps.ts';
import { dishContentSchema, type Dish } from '../dish/dish.ts';
import { DishRepository } from '../store/dish-repository.ts';

/** @throws ZodError for content that breaks a rule, BadUserInput when there is no such category */
export async function createDish({ store }: MenuDeps, content: unknown): Promise<Dish> {
  const dish: Dish = { ...dishContentSchema.parse(content), id: uuidv7(), revision: 1 };
  await store.transaction((tx) => new DishRepository(store).add(tx, dish));
  return dish;
}
