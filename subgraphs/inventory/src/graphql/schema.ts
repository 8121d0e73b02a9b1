import type { SubgraphParts } from '@brigade/service-kit';
import type { InventoryDeps } from '../deps.ts';
import { DishResolver } from './dish.resolver.ts';
import { ingredientFromRow } from './ingredient-from-row.ts';
import { ingredientLoader } from './ingredient.loader.ts';
import { Dish } from './ingredient.type.ts';
import { IngredientResolver } from './ingredient.resolver.ts';

/** This subgraph's part of the supergraph. */
export const inventorySchema = (deps: InventoryDeps): SubgraphParts => ({
  resolvers: [IngredientResolver, DishResolver],
  orphanedTypes: [Dish],
  container: { get: (resolver: new (deps: InventoryDeps) => object) => new resolver(deps) },
  references: {
    Dish: async ({ id }: { id: string }) => ({ id }),
    Ingredient: async ({ id }: { id: string }, context) => {
      const row = await ingredientLoader(context, deps.orm).load(id);
      return row && ingredientFromRow(row, context.actor);
    },
  },
});
