import { recipeStepSchema, type RecipeStep } from '@brigade/schema';
import { callSubgraph, type EntityManager } from '@brigade/service-kit';
import { z } from 'zod';
import { uuidArray } from '../store/load-orders.ts';

const stepsSchema = z.array(recipeStepSchema).min(1);

interface RecipeState {
  dishId: string;
  revision: number;
  steps: readonly RecipeStep[];
}

/** Takes in a dish's recipe unless a newer one is known. */
export async function learnRecipe(tx: EntityManager, { dishId, revision, steps }: RecipeState): Promise<void> {
  await tx.execute(
    `insert into recipe_replicas (dish_id, revision, steps) values (?, ?, ?::jsonb)
     on conflict (dish_id) do update set revision = excluded.revision, steps = excluded.steps
     where recipe_replicas.revision < excluded.revision`,
    [dishId, revision, JSON.stringify(steps)],
  );
}

/**
 * Answers null where the menu has no such dish, or a recipe that breaks the contract: it can be neither kept nor cooked,
 * and an order that waits for it is failed, and refunded, at once.
 * @throws SubgraphCallFailed when the menu does not answer
 */
export type LookUpRecipe = (dishId: string) => Promise<readonly RecipeStep[] | null>;

/** Asks the menu itself, for a dish that no message has told us of yet. */
export function lookUpRecipeAt(url: string, actorSecret: string): LookUpRecipe {
  const query = `query RecipeForKitchen($id: ID!) {
    dish(id: $id) { id recipe { steps { name station targetCelsius durationSeconds } } }
  }`;
  return async (dishId) => {
    const { dish } = await callSubgraph<{ dish: { recipe: { steps: RecipeStep[] } | null } | null }>({
      url,
      service: 'kitchen',
      actorSecret,
      query,
      variables: { id: dishId },
    });
    const steps = stepsSchema.safeParse(dish?.recipe?.steps);
    return steps.success ? steps.data : null;
  };
}

/** The steps of the dishes, from the replica; each that is missing there is looked up once and kept. */
export async function recipesOf(
  tx: EntityManager,
  dishIds: readonly string[],
  lookUp: LookUpRecipe,
): Promise<Map<string, readonly RecipeStep[]>> {
  const rows = await tx.execute<{ dish_id: string; steps: RecipeStep[] }[]>(
    'select dish_id, steps from recipe_replicas where dish_id = any(?::uuid[])',
    [uuidArray(new Set(dishIds))],
  );
  const known = new Map<string, readonly RecipeStep[]>(rows.map(({ dish_id, steps }) => [dish_id, steps]));
  const missing = [...new Set(dishIds)].filter((dishId) => !known.has(dishId));
  // Side by side: the transaction, which holds the order, waits for one answer and not for fifty.
  const found = await Promise.all(missing.map(async (dishId) => ({ dishId, steps: await lookUp(dishId) })));
  for (const { dishId, steps } of found) {
    if (!steps) continue;
    // Revision 0: whatever the menu's own message says is newer.
    await learnRecipe(tx, { dishId, revision: 0, steps });
    known.set(dishId, steps);
  }
  return known;
}
