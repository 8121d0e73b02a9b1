import { reservationExpired } from '@brigade/schema';
import { createMessage } from '@brigade/service-kit';
import type { InventoryDeps } from '../deps.ts';

const BATCH = 50;

/**
 * Tells, once, of what was held too long without being paid for; answers whether there may be more to do at once. It
 * stays set aside until orders has ended the order: a payment that inventory has not heard of yet must find it there.
 * The time is the database's, as it was when the reservation was made, so that a process with a wrong clock ends nothing
 * early or late.
 */
export async function expireReservations({ store }: Pick<InventoryDeps, 'store'>): Promise<boolean> {
  return store.transaction(async (tx) => {
    const due = await tx.execute<{ order_id: string }[]>(
      `update reservations set expires_at = null where order_id in (
         select order_id from reservations where status = 'HELD' and expires_at <= now()
         order by expires_at limit ? for update skip locked)
       returning order_id`,
      [BATCH],
    );
    const messages = due.map(({ order_id: orderId }) => createMessage(reservationExpired, orderId, { orderId }));
    await store.addToOutbox(tx, messages);
    return due.length === BATCH;
  });
}
