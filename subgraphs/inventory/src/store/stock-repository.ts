import { LockMode } from '@mikro-orm/postgresql';
import { ConcurrencyConflict, type EntityManager } from '@brigade/service-kit';
import type { Level, Needs } from '../stock/reservation.ts';
import { IngredientSchema, type IngredientRow } from './entities.ts';

type Movement = 'release' | 'consume';

/** Ingredients by id as they are now; with `lock` nobody else changes them before the transaction ends. */
export async function readLevels(
  tx: EntityManager,
  ids: readonly string[],
  lock = false,
): Promise<Map<string, IngredientRow>> {
  const rows = await tx.find(
    IngredientSchema,
    { id: { $in: [...ids] } },
    {
      orderBy: { id: 'asc' }, // locks are taken in one order, so that two can't wait for each other
      disableIdentityMap: true,
      ...(lock && { lockMode: LockMode.PESSIMISTIC_WRITE }),
    },
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export const levelsOf = (rows: ReadonlyMap<string, IngredientRow>): Map<string, Level> =>
  new Map([...rows].map(([id, { onHand, version }]) => [id, { ingredientId: id, onHand, version }]));

/**
 * Moves stock from on hand to reserved, provided that no level has changed since it was read.
 * @throws ConcurrencyConflict otherwise
 */
export async function takeFromStock(
  tx: EntityManager,
  needs: Needs,
  levels: ReadonlyMap<string, Level>,
): Promise<void> {
  const moves = needs.map((need) => ({ ...need, version: levels.get(need.ingredientId)?.version ?? 0 }));
  // Rows are locked in the order of ids before any is written: an update alone takes them in the order of its plan, and
  // two that meet wait for each other until the database ends one of them, a second later.
  const moved = await tx.execute<unknown[]>(
    `with moves as materialized (
       select * from jsonb_to_recordset(?::jsonb) as r("ingredientId" uuid, quantity bigint, version int)
     ), locked as materialized (
       select i.id from ingredients i join moves m on i.id = m."ingredientId" and i.version = m.version
       order by i.id for update of i
     )
     update ingredients i set on_hand = on_hand - m.quantity, reserved = reserved + m.quantity, version = i.version + 1
     from moves m
     where i.id = m."ingredientId" and i.version = m.version and (select count(*) from locked) = ?
     returning i.id`,
    [JSON.stringify(moves), moves.length],
  );
  if (moved.length !== needs.length) throw new ConcurrencyConflict('a stock level changed while it was reserved');
}

/** Moves what was reserved back on hand, or on to consumed. Sums commute, so no version is compared. */
export async function settleReserved(tx: EntityManager, needs: Needs, movement: Movement): Promise<void> {
  if (needs.length === 0) return;
  const target = movement === 'release' ? 'on_hand' : 'consumed';
  // Locked in the order of ids first, so that two settlements can't wait for each other.
  await tx.execute('select 1 from ingredients where id = any(?::uuid[]) order by id for update', [
    `{${needs.map(({ ingredientId }) => ingredientId).join(',')}}`,
  ]);
  await tx.execute(
    `update ingredients i set reserved = reserved - m.quantity, ${target} = ${target} + m.quantity, version = i.version + 1
       ${movement === 'release' ? ', low_told = low_told and on_hand + m.quantity <= low_threshold' : ''}
     from (select * from jsonb_to_recordset(?::jsonb) as r("ingredientId" uuid, quantity bigint)) m
     where i.id = m."ingredientId"`,
    [JSON.stringify(needs)],
  );
}
