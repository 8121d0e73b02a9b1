import {
  decodeIdCursor,
  encodeCursor,
  FirstFew,
  ForStaff,
  ListOfAbout,
  MAX_PAGE,
  type Page,
  PageArgs,
  pageOf,
  pageSize,
  Paginated,
  type RequestContext,
  requireRole,
} from '@brigade/service-kit';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { KitchenDeps } from '../deps.ts';
import { TicketSchema } from '../store/entities.ts';
import { stationLoader } from './station.loader.ts';
import { Station } from './station.type.ts';
import { ticketFromRow } from './ticket-from-row.ts';
import { ticketsByOrder } from './ticket.loader.ts';
import { Order, Ticket, TicketConnection, TicketStatus } from './ticket.type.ts';

@Resolver(() => Ticket)
export class TicketResolver {
  constructor(private readonly deps: KitchenDeps) {}

  @ForStaff()
  @Paginated()
  @Query(() => TicketConnection, { description: 'All tickets, newest first; for staff.' })
  async tickets(
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('status', () => TicketStatus, { nullable: true, description: 'Only tickets that stand here.' })
    status: TicketStatus | null,
    @Ctx() context: RequestContext,
  ): Promise<Page<Ticket>> {
    requireRole(context.actor, 'STAFF', 'MANAGER', 'ADMIN');
    const rows = await this.deps.orm.em
      .fork()
      .find(
        TicketSchema,
        { ...(status && { status }), ...(after && { id: { $lt: decodeIdCursor(after) } }) },
        { orderBy: { id: 'desc' }, limit: pageSize(first) + 1 },
      );
    return pageOf(rows.map(ticketFromRow), first, after, ({ id }) => encodeCursor([id]));
  }

  @ForStaff()
  @FirstFew()
  @Query(() => [Ticket], { description: 'Tickets that are queued or on a station, oldest first; for staff.' })
  async activeTickets(
    @Arg('first', () => Int, { defaultValue: 100, description: `How many, 1 to ${MAX_PAGE}.` }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<Ticket[]> {
    requireRole(context.actor, 'STAFF', 'MANAGER', 'ADMIN');
    const rows = await this.deps.orm.em
      .fork()
      .find(
        TicketSchema,
        { status: { $in: ['QUEUED', 'COMMANDED', 'COOKING', 'RECALLED'] } },
        { orderBy: { queuedAt: 'asc', id: 'asc' }, limit: pageSize(first) },
      );
    return rows.map(ticketFromRow);
  }

  @FieldResolver(() => Station, { nullable: true, description: 'Where it is, or was last; null before the first.' })
  async station(@Root() ticket: Ticket, @Ctx() context: RequestContext): Promise<Station | null> {
    return ticket.stationId ? stationLoader(context, this.deps).load(ticket.stationId) : null;
  }
}

@Resolver(() => Order)
export class OrderTicketsResolver {
  constructor(private readonly deps: KitchenDeps) {}

  @ListOfAbout(10)
  @FieldResolver(() => [Ticket], {
    nullable: true,
    description: "The kitchen's tickets, one a line; null unless the order is yours or you are staff.",
  })
  async tickets(@Root() order: Order, @Ctx() context: RequestContext): Promise<Ticket[] | null> {
    return ticketsByOrder(context, this.deps).load(order.id);
  }
}
