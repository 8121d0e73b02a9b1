import type { RecipeIngredient } from '@brigade/schema';
import { callSubgraph, type EntityManager } from '@brigade/service-kit';
import { RecipeReplicaSchema } from '../store/entities.ts';

export interface KnownRecipe {
  dishId: string;
  revision: number;
  ingredients: readonly RecipeIngredient[];
}

export type LookUpRecipe = (dishId: string) => Promise<KnownRecipe | null>;

/** Takes in what a dish is made of, unless a newer revision is known. */
export async function learnRecipe(tx: EntityManager, recipe: KnownRecipe): Promise<void> {
  await tx.execute(
    `insert into recipe_replicas (dish_id, revision, ingredients) values (?, ?, ?::jsonb)
     on conflict (dish_id) do update set revision = excluded.revision, ingredients = excluded.ingredients
     where recipe_replicas.revision < excluded.revision`,
    [recipe.dishId, recipe.revision, JSON.stringify(recipe.ingredients)],
  );
}

/** Asks the menu itself, for a dish that no message has told us of yet. */
export function lookUpRecipeAt(url: string, actorSecret: string): LookUpRecipe {
  const query = `query RecipeForInventory($id: ID!) {
    dish(id: $id) { revision recipe { ingredients { ingredient { id } quantity } } }
  }`;
  interface Answer {
    dish: { revision: number; recipe: { ingredients: { ingredient: { id: string }; quantity: number }[] } } | null;
  }
  return async (dishId) => {
    const { dish } = await callSubgraph<Answer>({
      url,
      service: 'inventory',
      actorSecret,
      query,
      variables: { id: dishId },
    });
    if (!dish) return null;
    const ingredients = dish.recipe.ingredients.map(({ ingredient, quantity }) => ({
      ingredientId: ingredient.id,
      quantity,
    }));
    return { dishId, revision: dish.revision, ingredients };
  };
}

/** Recipes by dish, from the replica; each that is missing there is looked up once and kept. Absent: no such dish. */
export async function recipesOf(
  tx: EntityManager,
  dishIds: readonly string[],
  lookUp: LookUpRecipe,
): Promise<Map<string, readonly RecipeIngredient[]>> {
  const rows = await tx.find(RecipeReplicaSchema, { dishId: { $in: [...new Set(dishIds)] } });
  const recipes = new Map<string, readonly RecipeIngredient[]>(rows.map((row) => [row.dishId, row.ingredients]));
  const missing = [...new Set(dishIds)].filter((dishId) => !recipes.has(dishId));
  const found = await Promise.all(missing.map(lookUp)); // side by side: the transaction waits for one answer, not for fifty
  for (const recipe of found) {
    if (!recipe) continue;
    await learnRecipe(tx, recipe);
    recipes.set(recipe.dishId, recipe.ingredients);
  }
  return recipes;
}
