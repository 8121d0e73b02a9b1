import type { EntityManager, Logger, PostgresOrm } from '@brigade/service-kit';
import { decide } from '../order/decide.ts';
import type { OrderRepository } from '../store/order-repository.ts';

const BATCH = 50;

/**
 * Ends the orders whose deadline has passed by the database's clock; answers whether there may be more to do at once. One that can't be ended
 * is left for the next time and keeps nobody else from their end.
 */
export async function expireOrders({
  orm,
  orders,
  log,
}: {
  orm: PostgresOrm;
  orders: OrderRepository;
  log: Logger;
}): Promise<boolean> {
  const due = await orm.em
    .fork()
    .execute<{ id: string }[]>('select id from order_views where deadline_at <= now() order by deadline_at limit ?', [
      BATCH,
    ]);
  let ended = 0;
  for (const { id } of due) {
    try {
      await orders.transaction((tx) => expire(orders, tx, id));
      ended += 1;
    } catch (error) {
      log.error({ err: error, orderId: id }, 'an order could not be ended at its deadline');
    }
  }
  return due.length === BATCH && ended > 0;
}

/** Another process may have been first, or the order may have moved on: then there is nothing to do. */
async function expire(orders: OrderRepository, tx: EntityManager, id: string): Promise<void> {
  const [due] = await tx.execute<unknown[]>('select 1 from order_views where id = ? and deadline_at <= now()', [id]);
  if (due) await orders.change(tx, id, (order) => decide({ do: 'expire' }, order));
}
