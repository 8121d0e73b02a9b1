import { NotFound, requireUser, type EventBus, type RequestContext } from '@brigade/service-kit';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { KitchenDeps } from '../deps.ts';
import type { TicketRecord } from '../store/ticket-record.ts';
import { stationLoader } from './station.loader.ts';
import { ticketFromRow } from './ticket-from-row.ts';
import { ticketsByOrder } from './ticket.loader.ts';
import { Ticket } from './ticket.type.ts';

const topic = (orderId: string): string => `tickets:${orderId}`;

/** Tells whoever watches their orders of the tickets that changed. */
export function tellTickets(bus: EventBus, tickets: readonly TicketRecord[]): void {
  for (const ticket of tickets) void bus.publish(topic(ticket.order_id), ticket);
}

const date = (text: string | null): Date | null => (text === null ? null : new Date(text));

const ticketFromRecord = (record: TicketRecord): Ticket =>
  ticketFromRow({
    ...record,
    dishId: record.dish_id,
    deviceId: record.device_id,
    queuedAt: date(record.queued_at),
    startedAt: date(record.started_at),
    readyAt: date(record.ready_at),
  });

/** A class for these dependencies: what a subscription subscribes to is decided where no instance is at hand. */
export function ticketChangedResolver(deps: KitchenDeps) {
  @Resolver()
  class TicketChangedResolver {
    @Subscription(() => Ticket, {
      description: "Each change of a ticket of one of the guest's own orders, or of any for staff.",
      async subscribe({ args, context }) {
        const request = context as RequestContext;
        const { orderId } = args as { orderId: string };
        requireUser(request.actor);
        if (!(await ticketsByOrder(request, deps).load(orderId))) throw new NotFound(`There is no order ${orderId}.`);
        return deps.bus.subscribe<TicketRecord>(topic(orderId));
      },
    })
    ticketChanged(
      @Root() record: TicketRecord,
      @Arg('orderId', () => ID, { description: 'Id of the order.' }) _orderId: string,
      @Ctx() context: RequestContext,
    ): Ticket {
      // The context lives as long as the subscription; the station has changed since the last update.
      if (record.device_id) stationLoader(context, deps).clear(record.device_id);
      return ticketFromRecord(record);
    }
  }
  return TicketChangedResolver;
}
