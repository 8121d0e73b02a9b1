import { isStaff, type Actor, type RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import { z } from 'zod';
import type { KitchenDeps } from '../deps.ts';
import { KitchenOrderSchema, TicketSchema } from '../store/entities.ts';
import { ticketFromRow } from './ticket-from-row.ts';
import type { Ticket } from './ticket.type.ts';

const isUuid = (id: string): boolean => z.uuid().safeParse(id).success;

const byOrderKey = Symbol('tickets by order');
const byIdKey = Symbol('tickets by id');

/** Whether someone may see an order's tickets: its customer and the staff. */
const mayAccess = (actor: Actor, customerId: string | null | undefined): boolean =>
  actor.kind === 'service' || isStaff(actor) || (actor.kind === 'user' && actor.userId === customerId);

/** Tickets of all orders of a request in two queries; null where the actor may not see them or there is no such order. */
export const ticketsByOrder = (context: RequestContext, { orm }: KitchenDeps): DataLoader<string, Ticket[] | null> =>
  context.once(
    byOrderKey,
    () =>
      new DataLoader(async (orderIds: readonly string[]) => {
        const em = orm.em.fork();
        const orders = await em.find(KitchenOrderSchema, { orderId: { $in: orderIds.filter(isUuid) } });
        const visible = orders.filter(({ customerId }) => mayAccess(context.actor, customerId)).map((o) => o.orderId);
        const rows = await em.find(TicketSchema, { orderId: { $in: visible } }, { orderBy: { position: 'asc' } });
        const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
        const allowed = new Set(visible);
        return orderIds.map((id) => (allowed.has(id) ? (byOrder.get(id) ?? []).map(ticketFromRow) : null));
      }),
  );

/** Tickets by id; null where there is none or the actor may not see it. */
export const ticketById = (context: RequestContext, { orm }: KitchenDeps): DataLoader<string, Ticket | null> =>
  context.once(
    byIdKey,
    () =>
      new DataLoader(async (ids: readonly string[]) => {
        const em = orm.em.fork();
        const rows = await em.find(TicketSchema, { id: { $in: ids.filter(isUuid) } });
        const orders = await em.find(KitchenOrderSchema, { orderId: { $in: rows.map(({ orderId }) => orderId) } });
        const customers = new Map(orders.map(({ orderId, customerId }) => [orderId, customerId]));
        const visible = rows.filter(({ orderId }) => mayAccess(context.actor, customers.get(orderId)));
        const byId = new Map(visible.map((row) => [row.id, ticketFromRow(row)]));
        return ids.map((id) => byId.get(id) ?? null);
      }),
  );
