import { DateTime, BadUserInput, FirstFew, ForStaff, requireRole, type RequestContext } from '@brigade/service-kit';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { KitchenDeps } from '../deps.ts';
import { TicketChange } from './ticket-change.type.ts';
import { requireOrder } from './time-window.ts';

const MOST_CHANGES = 1_000;

@Resolver()
export class TicketHistoryResolver {
  constructor(private readonly deps: KitchenDeps) {}

  @ForStaff()
  @FirstFew()
  @Query(() => [TicketChange], {
    description:
      'Changes of tickets between two times, oldest first; kept for an hour; for staff. For those after the first ones ask again, from the time of the last. None while the store of changes is away.',
  })
  async ticketHistory(
    @Arg('from', () => DateTime, { description: 'Told at or after.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'Told at or before.' }) to: Date,
    @Arg('first', () => Int, { defaultValue: 500, description: `How many, 1 to ${MOST_CHANGES}.` }) first: number,
    @Ctx() { actor }: RequestContext,
  ): Promise<TicketChange[]> {
    requireRole(actor, 'STAFF', 'MANAGER', 'ADMIN');
    requireOrder(from, to);
    if (first < 1 || first > MOST_CHANGES) {
      throw new BadUserInput(`first must be between 1 and ${MOST_CHANGES}, not ${first}.`);
    }
    return this.deps.ticketHistory.between(from, to, first);
  }
}
