import type { EntityManager, Origin } from '@brigade/service-kit';
import { OrderInKitchen, type OrderStatus } from '../order/order-in-kitchen.ts';
import type { JobRecord } from './job-record.ts';
import { ticketOf, type TicketRecord } from './ticket-record.ts';

/** What to do about orders that someone else has locked. */
export type Locking = 'wait' | 'skip locked';

interface OrderRecord {
  order_id: string;
  customer_id: string | null;
  status: OrderStatus;
  captured: boolean;
  origin: Origin | null;
}

export const uuidArray = (ids: Iterable<string>): string => `{${[...ids].join(',')}}`;

export interface LoadedOrders {
  orders: OrderInKitchen[];
  jobs: JobRecord[];
  /** Where each order came from, by its id. */
  origins: ReadonlyMap<string, Origin | null>;
  now: string | undefined;
}

/** Locks the orders that there are and reads their tickets and jobs; `now` is the database's time, ISO 8601. */
export async function loadOrders(
  tx: EntityManager,
  orderIds: readonly string[],
  locking: Locking,
): Promise<LoadedOrders> {
  const headers = await tx.execute<(OrderRecord & { now: string })[]>(
    `select order_id, customer_id, status, captured, origin,
       to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now from kitchen_orders
     where order_id = any(?::uuid[]) order by order_id for update ${locking === 'wait' ? '' : locking}`,
    [uuidArray(orderIds)],
  );
  const locked = uuidArray(headers.map(({ order_id }) => order_id));
  const tickets = await tx.execute<{ record: TicketRecord }[]>(
    'select to_jsonb(t) as record from tickets t where order_id = any(?::uuid[]) order by order_id, position',
    [locked],
  );
  const jobs = await tx.execute<JobRecord[]>('select * from jobs where order_id = any(?::uuid[])', [locked]);
  const byOrder = Map.groupBy(tickets, ({ record }) => record.order_id);
  const orders = headers.map(
    ({ order_id, customer_id, status, captured }) =>
      new OrderInKitchen(
        { orderId: order_id, customerId: customer_id, status, captured },
        (byOrder.get(order_id) ?? []).map(({ record }) => ticketOf(record)),
      ),
  );
  const origins = new Map(headers.map(({ order_id, origin }) => [order_id, origin]));
  return { orders, jobs, origins, now: headers[0]?.now };
}
