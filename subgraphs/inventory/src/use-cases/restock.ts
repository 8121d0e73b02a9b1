import { z } from 'zod';
import type { InventoryDeps } from '../deps.ts';
import { UnknownIngredient } from '../stock/errors.ts';
import { IngredientSchema, type IngredientRow } from '../store/entities.ts';
import { forget } from './reserve-stock.ts';

const restockSchema = z.strictObject({
  ingredientId: z.uuid('must be the id of an ingredient'),
  quantity: z.int().min(1).max(1_000_000_000),
});

/**
 * Puts more of an ingredient into the stock.
 * @throws ZodError, UnknownIngredient
 */
export async function restock(deps: InventoryDeps, input: unknown): Promise<IngredientRow> {
  const { ingredientId, quantity } = restockSchema.parse(input);
  return deps.store.transaction(async (tx) => {
    const [found] = await tx.execute<unknown[]>(
      `update ingredients set on_hand = on_hand + ?, version = version + 1, low_told = (on_hand + ?) <= low_threshold and low_told
       where id = ? returning id`,
      [quantity, quantity, ingredientId],
    );
    if (!found) throw new UnknownIngredient(ingredientId);
    deps.store.afterCommit(tx, () => void forget(deps));
    return tx.findOneOrFail(IngredientSchema, { id: ingredientId });
  });
}
