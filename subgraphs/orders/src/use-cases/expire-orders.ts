import type { PostgresOrm } from '@brigade/service-kit';
import { decide } from '../order/decide.ts';
import type { OrderRepository } from '../store/order-repository.ts';

const BATCH = 50;

/** Ends the orders whose deadline has passed; answers whether there may be more. */
export async function expireOrders(orm: PostgresOrm, orders: OrderRepository, now: Date): Promise<boolean> {
  const due = await orm.em
    .fork()
    .execute<{ id: string }[]>('select id from order_views where deadline_at <= ? order by deadline_at limit ?', [
      now,
      BATCH,
    ]);
  for (const { id } of due) {
    await orders.transaction(async (tx) => {
      const [still] = await tx.execute<unknown[]>(
        'select 1 from order_views where id = ? and deadline_at <= ? for update skip locked',
        [id, now],
      );
      if (still) await orders.change(tx, id, (order) => decide({ do: 'expire' }, order));
    });
  }
  return due.length === BATCH;
}
