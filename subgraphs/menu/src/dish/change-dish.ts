import { isDeepStrictEqual } from 'node:util';
import type { Dish, DishContent } from './dish.ts';
import { RevisionConflict } from './errors.ts';

/**
 * The dish after a change, one revision on; the dish itself when nothing about it is different.
 * @param expectedRevision the revision that the writer had seen, where it matters to them
 * @throws RevisionConflict when the dish has changed since
 */
export function changeDish(dish: Dish, change: Partial<DishContent>, expectedRevision?: number): Dish {
  if (expectedRevision !== undefined && expectedRevision !== dish.revision) {
    throw new RevisionConflict(dish.id, dish.revision, expectedRevision);
  }
  const changed = { ...dish, ...change };
  return isDeepStrictEqual(changed, dish) ? dish : { ...changed, revision: dish.revision + 1 };
}
