import { ConcurrencyConflict, type EntityManager } from '@brigade/service-kit';
import { decideReserve, type Needs, type ReserveDecision } from '../stock/reservation.ts';
import { levelsOf, readLevels, takeFromStock } from '../store/stock-repository.ts';

/**
 * Takes everything or nothing. Optimistically at first: read, decide, write if nothing has changed. After a lost race
 * once more behind row locks, which can't be lost: on an ingredient that every dish takes, optimists starve.
 */
export async function claimStock(tx: EntityManager, needs: Needs): Promise<ReserveDecision> {
  try {
    return await tx.transactional((savepoint) => decideAndTake(savepoint as EntityManager, needs, false));
  } catch (error) {
    if (!(error instanceof ConcurrencyConflict)) throw error;
    return decideAndTake(tx, needs, true);
  }
}

async function decideAndTake(tx: EntityManager, needs: Needs, lock: boolean): Promise<ReserveDecision> {
  const ids = needs.map(({ ingredientId }) => ingredientId);
  const levels = levelsOf(await readLevels(tx, ids, lock));
  const decision = decideReserve(needs, levels);
  if (decision.reserved) await takeFromStock(tx, needs, levels);
  return decision;
}
