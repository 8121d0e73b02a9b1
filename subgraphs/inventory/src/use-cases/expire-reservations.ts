import type { InventoryDeps } from '../deps.ts';
import { settleReservation } from './settle-reservation.ts';

const BATCH = 50;

/**
 * Gives back what was held too long without being paid for; answers whether there may be more to do at once. A
 * reservation that can't be given back is left for the next time and keeps no other from it. The time is the database's,
 * as it was when the reservation was made, so that a process with a wrong clock ends nothing early or late.
 */
export async function expireReservations(deps: InventoryDeps): Promise<boolean> {
  const due = await deps.orm.em
    .fork()
    .execute<{ order_id: string }[]>(
      `select order_id from reservations where status = 'HELD' and expires_at <= now() order by expires_at limit ?`,
      [BATCH],
    );
  let released = 0;
  for (const { order_id: orderId } of due) {
    try {
      await deps.store.transaction((tx) => settleReservation(deps, tx, orderId, 'expire'));
      released += 1;
    } catch (error) {
      deps.log.error({ err: error, orderId }, 'a reservation could not be given back');
    }
  }
  return due.length === BATCH && released > 0;
}
