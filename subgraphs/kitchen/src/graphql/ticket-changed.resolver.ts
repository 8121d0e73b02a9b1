import { NotFound, requireUser, type RequestContext } from '@brigade/service-kit';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { KitchenDeps } from '../deps.ts';
import { ticketsOf } from '../live/tell-tickets.ts';
import type { TicketRecord } from '../store/ticket-record.ts';
import { forgetSeen } from './forget-seen.ts';
import { ticketFromRecord } from './ticket-from-row.ts';
import { ticketsByOrder } from './ticket.loader.ts';
import { Ticket } from './ticket.type.ts';

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
        return deps.bus.subscribe<TicketRecord>(ticketsOf(orderId));
      },
    })
    ticketChanged(
      @Root() record: TicketRecord,
      @Arg('orderId', () => ID, { description: 'Id of the order.' }) _orderId: string,
      @Ctx() context: RequestContext,
    ): Ticket {
      forgetSeen(context, deps);
      return ticketFromRecord(record);
    }
  }
  return TicketChangedResolver;
}
