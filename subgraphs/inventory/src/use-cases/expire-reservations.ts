import type { InventoryDeps } from '../deps.ts';
import { settleReservation } from './settle-reservation.ts';

const BATCH = 50;

/** Gives back what was held too long without being paid for; answers whether there may be more. */
export async function expireReservations(deps: InventoryDeps, now: Date): Promise<boolean> {
  const due = await deps.orm.em
    .fork()
    .execute<{ order_id: string }[]>(
      `select order_id from reservations where status = 'HELD' and expires_at <= ? order by expires_at limit ?`,
      [now, BATCH],
    );
  for (const { order_id: orderId } of due) {
    await deps.store.transaction((tx) => settleReservation(deps, tx, orderId, 'expire'));
  }
  return due.length === BATCH;
}
