import { moneySchema, text, type Money } from '@brigade/schema';
import { callSubgraph, type EntityManager } from '@brigade/service-kit';
import { z } from 'zod';
import type { KnownDish } from '../order/pricing.ts';
import { DishReplicaSchema } from '../store/entities.ts';

interface DishState {
  dishId: string;
  revision: number;
  name: string;
  price: Money;
  available: boolean;
}

/** Takes in a dish's state unless a newer one is known. */
export async function learnDish(tx: EntityManager, dish: DishState): Promise<void> {
  await tx.execute(
    `insert into dish_replicas (dish_id, revision, name, price_minor, currency, available) values (?, ?, ?, ?, ?, ?)
     on conflict (dish_id) do update set revision = excluded.revision, name = excluded.name,
       price_minor = excluded.price_minor, currency = excluded.currency, available = excluded.available
     where dish_replicas.revision < excluded.revision`,
    [dish.dishId, dish.revision, dish.name, dish.price.amountMinor, dish.price.currency, dish.available],
  );
}

const dishSchema = z.object({
  id: z.uuid(),
  revision: z.int().min(1),
  name: text(),
  price: moneySchema,
  available: z.boolean(),
});

/** Answers null where the menu has no such dish, or one that breaks the contract: it can be neither kept nor ordered. */
export type LookUpDish = (dishId: string) => Promise<DishState | null>;

/** Asks the menu itself, for a dish that no message has told us of yet. */
export function lookUpDishAt(url: string, actorSecret: string): LookUpDish {
  const query =
    'query DishForOrder($id: ID!) { dish(id: $id) { id revision name price { amountMinor currency } available } }';
  return async (dishId) => {
    const { dish } = await callSubgraph<{ dish: unknown }>({
      url,
      service: 'orders',
      actorSecret,
      query,
      variables: { id: dishId },
    });
    const parsed = dishSchema.safeParse(dish);
    if (!parsed.success) return null;
    const { id, ...state } = parsed.data;
    return { ...state, dishId: id };
  };
}

/** The named dishes from the replica; each that is missing there is looked up once and kept. */
export async function knownDishes(
  em: EntityManager,
  dishIds: readonly string[],
  lookUp: LookUpDish,
): Promise<Map<string, KnownDish>> {
  const rows = await em.find(DishReplicaSchema, { dishId: { $in: [...new Set(dishIds)] } });
  const known = new Map<string, KnownDish>(
    rows.map((row) => [
      row.dishId,
      { ...row, price: { amountMinor: row.priceMinor, currency: row.currency as Money['currency'] } },
    ]),
  );
  const missing = [...new Set(dishIds)].filter((dishId) => !known.has(dishId));
  const found = await Promise.all(missing.map(lookUp)); // side by side: a guest waits for one answer, not for fifty
  for (const dish of found) {
    if (!dish) continue;
    await learnDish(em, dish);
    known.set(dish.dishId, dish);
  }
  return known;
}
