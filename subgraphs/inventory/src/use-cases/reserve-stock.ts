import {
  type orderPlaced,
  stockLow,
  stockRejected,
  stockReserved,
  type Envelope,
  type PayloadOf,
} from '@brigade/schema';
import { createMessage, type EntityManager } from '@brigade/service-kit';
import type { InventoryDeps } from '../deps.ts';
import { recipesOf } from '../recipes/recipes.ts';
import { needsOf, type Needs, type Shortage } from '../stock/reservation.ts';
import { ReservationSchema } from '../store/entities.ts';
import { claimStock } from './claim-stock.ts';

/** Sets aside everything that an order takes, or nothing, and says which. An order that is known already is left alone. */
export async function reserveStock(
  deps: InventoryDeps,
  tx: EntityManager,
  order: PayloadOf<typeof orderPlaced>,
): Promise<void> {
  const { orderId, lines } = order;
  if (await tx.findOne(ReservationSchema, { orderId })) return;

  const recipes = await recipesOf(
    tx,
    lines.map(({ dishId }) => dishId),
    deps.lookUpRecipe,
  );
  if (lines.some(({ dishId }) => !recipes.has(dishId))) return reject(deps, tx, orderId, 'UNKNOWN_RECIPE', []);

  const needs = needsOf(lines, recipes);
  const decision = await claimStock(tx, needs);
  if (!decision.reserved) return reject(deps, tx, orderId, 'OUT_OF_STOCK', decision.shortages);

  const expiresAt = await hold(tx, orderId, needs, deps.reservationTtlMs);
  await deps.store.addToOutbox(tx, [
    createMessage(stockReserved, orderId, { orderId, expiresAt }),
    ...(await lowStock(tx, needs)),
  ]);
  deps.store.afterCommit(tx, () => void forget(deps));
}

async function reject(
  deps: InventoryDeps,
  tx: EntityManager,
  orderId: string,
  reason: 'OUT_OF_STOCK' | 'UNKNOWN_RECIPE',
  shortages: Shortage[],
): Promise<void> {
  await tx.insert(ReservationSchema, { orderId, status: 'REJECTED', needs: [], expiresAt: null });
  await deps.store.addToOutbox(tx, [createMessage(stockRejected, orderId, { orderId, reason, shortages })]);
}

/** @returns until when it is held (ISO 8601), by the database's clock */
async function hold(tx: EntityManager, orderId: string, needs: Needs, ttlMs: number): Promise<string> {
  const [held] = await tx.execute<{ until: string }[]>(
    `insert into reservations (order_id, status, needs, expires_at)
     values (?, 'HELD', ?::jsonb, now() + ? * interval '1 millisecond')
     returning to_char(expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as until`,
    [orderId, JSON.stringify(needs), ttlMs],
  );
  if (!held) throw new Error(`the reservation of order ${orderId} was not kept`);
  return held.until;
}

/** One message for each ingredient that has just fallen to its threshold; the next only after it rose above it. */
async function lowStock(tx: EntityManager, needs: Needs): Promise<Envelope[]> {
  const ids = needs.map(({ ingredientId }) => ingredientId);
  const low = await tx.execute<{ id: string; name: string; on_hand: string; low_threshold: string }[]>(
    `update ingredients set low_told = true where id = any(?::uuid[]) and on_hand <= low_threshold and not low_told
     returning id, name, on_hand, low_threshold`,
    [`{${ids.join(',')}}`],
  );
  return low.map((row) =>
    createMessage(stockLow, row.id, {
      ingredientId: row.id,
      name: row.name,
      available: Number(row.on_hand),
      threshold: Number(row.low_threshold),
    }),
  );
}

/** A lost invalidation costs a second of staleness, not more. */
export async function forget(deps: Pick<InventoryDeps, 'levels'>): Promise<void> {
  await deps.levels.invalidateAll().catch(() => {});
}
