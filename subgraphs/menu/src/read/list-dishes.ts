import { decodeCursor, encodeCursor, pageOf, type Page } from '@brigade/service-kit';
import type { FilterQuery } from '@mikro-orm/mongodb';
import type { MenuDeps } from '../deps.ts';
import type { Dish } from '../dish/dish.ts';
import { dishOf } from '../store/dish-rows.ts';
import { DishSchema, type DishRow } from '../store/entities.ts';
import { filterQuery, type DishFilter } from './dish-filter.ts';
import { searchDishes } from './search-dishes.ts';

export interface ListDishes {
  filter: DishFilter;
  first: number;
  after?: string | null | undefined;
}

/**
 * A page of the menu, from the cache where it can be: in the menu's order (category, name, id), or, with a search, the
 * best match first.
 * @throws BadUserInput for a cursor of another list
 */
export const listDishes = ({ orm, cache }: Pick<MenuDeps, 'orm' | 'cache'>, list: ListDishes): Promise<Page<Dish>> =>
  cache.getOrLoad(`dishes:${JSON.stringify([list.first, list.after ?? null, list.filter])}`, () =>
    list.filter.search ? searchDishes(orm, { ...list, search: list.filter.search }) : browseDishes(orm, list),
  );

async function browseDishes(orm: MenuDeps['orm'], { filter, first, after }: ListDishes): Promise<Page<Dish>> {
  const where = { ...filterQuery(filter), ...(after && { $or: behind(after) }) } as FilterQuery<DishRow>;
  const rows = await orm.em.fork().find(DishSchema, where, {
    orderBy: { categoryPosition: 'asc', name: 'asc', _id: 'asc' },
    limit: first + 1,
  });
  const page = pageOf(rows, first, after, cursorOf);
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: dishOf(node) })) };
}

const cursorOf = (row: DishRow): string => encodeCursor([row.categoryPosition, row.name, row._id]);

/** Everything that follows the cursor in the order of the menu. */
function behind(cursor: string) {
  const [position, name, id] = decodeCursor(cursor, 3) as [number, string, string];
  return [
    { categoryPosition: { $gt: position } },
    { categoryPosition: position, name: { $gt: name } },
    { categoryPosition: position, name, _id: { $gt: id } },
  ];
}
