import { NotFound, requireUser, type RequestContext } from '@brigade/service-kit';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { OrdersDeps } from '../deps.ts';
import { newerOnly } from './newer-only.ts';
import { orderId } from './order-id.ts';
import { orderLoader } from './order.loader.ts';
import { Order } from './order.type.ts';
import { timelineLoader } from './timeline.loader.ts';

/** The topic on which changes of an order are told. */
export const orderTopic = (id: string): string => `order:${id}`;

/** A class for these dependencies: what a subscription subscribes to is decided where no instance is at hand. */
export function orderUpdatedResolver(deps: OrdersDeps) {
  @Resolver()
  class OrderUpdatedResolver {
    @Subscription(() => Order, {
      description: "Each change of one of the guest's own orders, or of any for staff.",
      async subscribe({ args, context }) {
        const request = context as RequestContext;
        requireUser(request.actor);
        const id = orderId.parse((args as { id: unknown }).id);
        if (!(await orderLoader(request, deps.orm).load(id))) throw new NotFound(`There is no order ${id}.`);
        return newerOnly(deps.bus.subscribe<Order>(orderTopic(id)));
      },
    })
    orderUpdated(
      @Root() order: Order,
      @Arg('id', () => ID, { description: 'Id of the order.' }) _id: string,
      @Ctx() context: RequestContext,
    ): Order {
      // The context lives as long as the subscription, and each update has more to tell than the one before.
      timelineLoader(context, deps.orm).clear(order.id);
      return order;
    }
  }
  return OrderUpdatedResolver;
}
