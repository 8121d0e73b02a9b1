import type { RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import { z } from 'zod';
import type { MenuDeps } from '../deps.ts';
import type { Dish } from '../dish/dish.ts';
import { dishOf } from '../store/dish-rows.ts';
import { DishSchema } from '../store/entities.ts';

const key = Symbol('dishes');
const isUuid = (id: string): boolean => z.uuid().safeParse(id).success;

/** Dishes by id, null where there is none: from the cache, and those that it has not in one query a request. */
export const dishLoader = (
  context: RequestContext,
  { orm, cache }: Pick<MenuDeps, 'orm' | 'cache'>,
): DataLoader<string, Dish | null> =>
  context.once(key, () => {
    const stored = new DataLoader(async (ids: readonly string[]) => {
      const rows = await orm.em.fork().find(DishSchema, { _id: { $in: [...ids] } });
      const byId = new Map(rows.map((row) => [row._id, dishOf(row)]));
      return ids.map((id) => byId.get(id) ?? null);
    });
    return new DataLoader((ids: readonly string[]) =>
      Promise.all(
        ids.map((id) => (isUuid(id) ? cache.getOrLoad(`dish:${id}`, () => stored.load(id)) : Promise.resolve(null))),
      ),
    );
  });
