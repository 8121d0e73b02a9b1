import { ForStaff, requireRole, type RequestContext } from '@brigade/service-kit';
import { Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { OrdersDeps } from '../deps.ts';
import { Order } from './order.type.ts';
import { timelineLoader } from './timeline.loader.ts';

const DESCRIPTION = `Each order, when it changes, as it stands then; for staff. While the bus between instances is away \
changes can be missed: \`orders\` has them all. Refusals: \`UNAUTHENTICATED\`, \`FORBIDDEN\`.`;

/** A class for these dependencies: what a subscription subscribes to is decided where no instance is at hand. */
export function ordersChangedResolver(deps: OrdersDeps) {
  @Resolver()
  class OrdersChangedResolver {
    @ForStaff()
    @Subscription(() => Order, {
      description: DESCRIPTION,
      async subscribe({ context }) {
        requireRole((context as RequestContext).actor, 'STAFF', 'MANAGER', 'ADMIN');
        return deps.feed.all();
      },
    })
    ordersChanged(@Root() order: Order, @Ctx() context: RequestContext): Order {
      // The context lives as long as the subscription, and must not keep the timelines of all orders there ever were.
      timelineLoader(context, deps.orm).clearAll();
      return order;
    }
  }
  return OrdersChangedResolver;
}
