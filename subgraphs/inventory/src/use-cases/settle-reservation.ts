import { stockReleased } from '@brigade/schema';
import { createMessage, type EntityManager } from '@brigade/service-kit';
import { LockMode } from '@mikro-orm/postgresql';
import type { InventoryDeps } from '../deps.ts';
import type { ReservationEvent } from '../stock/reservation.ts';
import { settle } from '../stock/settle.ts';
import { ReservationSchema } from '../store/entities.ts';
import { settleReserved } from '../store/stock-repository.ts';
import { forget } from './reserve-stock.ts';

/** Carries a reservation on: paid for, given back, or used up. What comes late or twice changes nothing. */
export async function settleReservation(
  deps: InventoryDeps,
  tx: EntityManager,
  orderId: string,
  event: ReservationEvent,
): Promise<void> {
  const reservation = await tx.findOne(ReservationSchema, { orderId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const expired = reservation?.status === 'HELD' && reservation.expiresAt === null;
  const settlement = settle(reservation?.status, event, expired);
  if (!settlement) return;
  const { status, movement, released } = settlement;
  if (!reservation) {
    await tx.insert(ReservationSchema, { orderId, status, needs: [], expiresAt: null });
    return;
  }
  await tx.nativeUpdate(ReservationSchema, { orderId }, { status, expiresAt: null });
  if (movement) {
    await settleReserved(tx, reservation.needs, movement);
    deps.store.afterCommit(tx, () => void forget(deps));
  }
  if (released) {
    await deps.store.addToOutbox(tx, [createMessage(stockReleased, orderId, { orderId, reason: released })]);
  }
}
