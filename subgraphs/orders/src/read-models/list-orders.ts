import { decodeIdCursor, encodeCursor, pageOf, type Page, type PostgresOrm } from '@brigade/service-kit';
import { orderFromView } from '../graphql/order-from-view.ts';
import type { Order } from '../graphql/order.type.ts';
import { OrderViewSchema } from '../store/entities.ts';

/** A page of orders, newest first; ids are UUIDv7, so their order is that of placing. */
export async function listOrders(
  orm: PostgresOrm,
  filter: { first: number; after?: string | null | undefined; status?: string; customerId?: string },
): Promise<Page<Order>> {
  const { first, after, status, customerId } = filter;
  const rows = await orm.em.fork().find(
    OrderViewSchema,
    {
      ...(status && { status }),
      ...(customerId && { customerId }),
      ...(after && { id: { $lt: decodeIdCursor(after) } }),
    },
    { orderBy: { id: 'desc' }, limit: first + 1 },
  );
  return pageOf(rows.map(orderFromView), first, after, ({ id }) => encodeCursor([id]));
}
