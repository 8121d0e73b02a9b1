import { z } from 'zod';
import type { MenuDeps } from '../deps.ts';
import { changeDish } from '../dish/change-dish.ts';
import { dishContentSchema, type Dish } from '../dish/dish.ts';
import { DishRepository } from '../store/dish-repository.ts';

const commandSchema = z.strictObject({
  id: z.uuid('must be the id of a dish'),
  change: dishContentSchema.partial(),
  expectedRevision: z.int().min(1).optional(),
});

/**
 * Changes what `change` names and leaves the rest.
 * @throws ZodError, NotFound, RevisionConflict, BadUserInput when there is no such category
 */
export function updateDish({ store }: MenuDeps, command: { id: string; change: unknown; expectedRevision?: number }) {
  const { id, change, expectedRevision } = commandSchema.parse(command);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return new DishRepository(store).change(id, (dish): Dish => changeDish(dish, given, expectedRevision));
}
