import type { PostgresOrm, RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import { validate as isUuid } from 'uuid';
import type { InventoryDeps } from '../deps.ts';
import { portionsOf } from '../stock/reservation.ts';
import { IngredientSchema, RecipeReplicaSchema } from '../store/entities.ts';

const key = Symbol('portions');

/** Portions of all dishes of a request: one query for their recipes, and the levels from the cache. */
export const portionsLoader = (context: RequestContext, deps: InventoryDeps): DataLoader<string, number | null> =>
  context.once(
    key,
    () =>
      new DataLoader(async (dishIds: readonly string[]) => {
        const [levels, recipes] = await Promise.all([
          deps.levels.getOrLoad('on-hand', () => onHand(deps.orm)),
          deps.orm.em.fork().find(RecipeReplicaSchema, { dishId: { $in: dishIds.filter(isUuid) } }),
        ]);
        const byDish = new Map(recipes.map((recipe) => [recipe.dishId, recipe.ingredients]));
        return dishIds.map((id) => {
          const recipe = byDish.get(id);
          return recipe ? portionsOf(recipe, (ingredientId) => levels[ingredientId] ?? 0) : null;
        });
      }),
  );

async function onHand(orm: PostgresOrm): Promise<Record<string, number>> {
  const rows = await orm.em.fork().findAll(IngredientSchema, {});
  return Object.fromEntries(rows.map((row) => [row.id, row.onHand]));
}
