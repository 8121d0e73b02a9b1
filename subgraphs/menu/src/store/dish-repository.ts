import { BadUserInput, NotFound, type MongoEntityManager, type MongoMessageStore } from '@brigade/service-kit';
import type { Dish } from '../dish/dish.ts';
import { dishChangedMessage } from '../messaging/publishes.ts';
import { dishOf, rowOf } from './dish-rows.ts';
import { CategorySchema, DishSchema } from './entities.ts';

/** Writes dishes and the news of them, together or not at all. */
export class DishRepository {
  constructor(private readonly store: MongoMessageStore) {}

  /** @throws BadUserInput when there is no such category */
  async add(tx: MongoEntityManager, dish: Dish): Promise<void> {
    await tx.insert(DishSchema, rowOf(dish, await this.#positionOf(tx, dish.categoryId)));
    await this.store.addToOutbox(tx, [dishChangedMessage(dish)]);
  }

  /**
   * Reads a dish, and writes what `change` makes of it unless that is the same dish. Runs again after a lost race.
   * @throws NotFound, BadUserInput when there is no such category, and whatever `change` throws
   */
  change(id: string, change: (dish: Dish) => Dish): Promise<Dish> {
    return this.store.transaction(async (tx) => {
      const row = await tx.findOne(DishSchema, { _id: id });
      if (!row) throw new NotFound(`There is no dish ${id}.`);
      const dish = dishOf(row);
      const changed = change(dish);
      if (changed === dish) return dish;
      tx.assign(row, rowOf(changed, await this.#positionOf(tx, changed.categoryId)));
      await this.store.addToOutbox(tx, [dishChangedMessage(changed)]);
      return changed;
    });
  }

  async #positionOf(tx: MongoEntityManager, categoryId: string): Promise<number> {
    const category = await tx.findOne(CategorySchema, { _id: categoryId });
    if (!category) throw new BadUserInput(`There is no category ${categoryId}.`);
    return category.position;
  }
}
