import { BadUserInput, ForStaff, requireRole, type RequestContext } from '@brigade/service-kit';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { OrdersDeps } from '../deps.ts';
import { readStatistics } from '../read-models/order-statistics.ts';
import { OrderStatistics } from './order-statistics.type.ts';

/** A day. */
const MOST_MINUTES = 1_440;

@Resolver()
export class OrderStatisticsResolver {
  constructor(private readonly deps: OrdersDeps) {}

  @ForStaff()
  @Query(() => OrderStatistics, {
    description: 'How the orders of the last minutes went; for staff. Refusals: `FORBIDDEN`, `BAD_USER_INPUT`.',
  })
  async orderStatistics(
    @Arg('minutes', () => Int, {
      defaultValue: 60,
      description: `So many minutes by the clock, the present one included, 1 to ${MOST_MINUTES}.`,
    })
    minutes: number,
    @Ctx() { actor }: RequestContext,
  ): Promise<OrderStatistics> {
    requireRole(actor, 'STAFF', 'MANAGER', 'ADMIN');
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw new BadUserInput(`minutes must be between 1 and ${MOST_MINUTES}, not ${minutes}.`);
    }
    const { revenueMinor, ...statistics } = await readStatistics(this.deps.orm, minutes);
    return { ...statistics, revenue: { amountMinor: revenueMinor, currency: 'EUR' } };
  }
}
