import { ForStaff, requireRole, type RequestContext } from '@brigade/service-kit';
import { Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { KitchenDeps } from '../deps.ts';
import { EVERY_TICKET } from '../live/tell-tickets.ts';
import type { TicketRecord } from '../store/ticket-record.ts';
import { forgetSeen } from './forget-seen.ts';
import { ticketFromRecord } from './ticket-from-row.ts';
import { Ticket } from './ticket.type.ts';

/** A class for these dependencies: what a subscription subscribes to is decided where no instance is at hand. */
export function ticketsChangedResolver(deps: KitchenDeps) {
  @Resolver()
  class TicketsChangedResolver {
    @ForStaff()
    @Subscription(() => Ticket, {
      description: 'Each change of any ticket, for staff. Refusals: `UNAUTHENTICATED`, `FORBIDDEN`.',
      async subscribe({ context }) {
        requireRole((context as RequestContext).actor, 'STAFF', 'MANAGER', 'ADMIN');
        return deps.bus.subscribe<TicketRecord>(EVERY_TICKET);
      },
    })
    ticketsChanged(@Root() record: TicketRecord, @Ctx() context: RequestContext): Ticket {
      forgetSeen(context, deps);
      return ticketFromRecord(record);
    }
  }
  return TicketsChangedResolver;
}
