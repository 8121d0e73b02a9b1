import { decodeCursor, encodeCursor, pageOf, type Page } from '@brigade/service-kit';
import type { MenuDeps } from '../deps.ts';
import type { Dish } from '../dish/dish.ts';
import { dishOf } from '../store/dish-rows.ts';
import { DishSchema, type DishRow } from '../store/entities.ts';
import { filterQuery, type DishFilter } from './dish-filter.ts';

/** Matches that a search finds at most; whoever looks further down a menu narrows the search. */
const MAX_MATCHES = 200;

type Match = DishRow & { score: number };

/**
 * A page of the dishes that the text index finds, best match first; a word in the name counts ten times one in the
 * description. The driver is asked directly, because the ORM can't sort by score.
 * @throws BadUserInput for a cursor of another list
 */
export async function searchDishes(
  orm: MenuDeps['orm'],
  {
    filter,
    search,
    first,
    after,
  }: { filter: DishFilter; search: string; first: number; after?: string | null | undefined },
): Promise<Page<Dish>> {
  const score = { $meta: 'textScore' } as const;
  const matches = await orm.em
    .fork()
    .getCollection<Match>(DishSchema as never)
    .find({ ...filterQuery(filter), $text: { $search: search } } as never, { projection: { score } })
    .sort({ score, _id: 1 })
    .limit(MAX_MATCHES)
    .toArray();
  const page = pageOf(
    (matches as Match[]).filter(isBehind(after)).slice(0, first + 1),
    first,
    after,
    ({ score: rank, _id }) => encodeCursor([rank, _id]),
  );
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: dishOf(node) })) };
}

function isBehind(cursor: string | null | undefined): (match: Match) => boolean {
  if (!cursor) return () => true;
  const [score, id] = decodeCursor(cursor, 2) as [number, string];
  return (match) => match.score < score || (match.score === score && match._id > id);
}
