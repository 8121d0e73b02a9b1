import { NotFound, requireUser, type RequestContext } from '@brigade/service-kit';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { OrdersDeps } from '../deps.ts';
import { versionAt } from './order-cursor.ts';
import { orderId } from './order-id.ts';
import { orderLoader } from './order.loader.ts';
import { Order } from './order.type.ts';
import { timelineLoader } from './timeline.loader.ts';

const DESCRIPTION = `Each change of one of the guest's own orders, or of any for staff: in order, each once, none left \
out. It shows the order and its timeline as that change left them; what other services add (\`payment\`, \`tickets\`) is \
as it stands when the change is told. Refusals: \`UNAUTHENTICATED\`, \`NOT_FOUND\`, \`BAD_USER_INPUT\`.`;

const AFTER = `\`Order.cursor\` of what was seen last: every change after it comes first. Without it, changes from now \
on.`;

/** A class for these dependencies: what a subscription subscribes to is decided where no instance is at hand. */
export function orderUpdatedResolver(deps: OrdersDeps) {
  @Resolver()
  class OrderUpdatedResolver {
    @Subscription(() => Order, {
      description: DESCRIPTION,
      async subscribe({ args, context }) {
        const request = context as RequestContext;
        const { id, after } = args as { id: unknown; after?: string | null };
        requireUser(request.actor);
        const order = await orderLoader(request, deps.orm).load(orderId.parse(id));
        if (!order) throw new NotFound(`There is no order ${String(id)}.`);
        return deps.feed.follow(order, after == null ? order.version : versionAt(order, after));
      },
    })
    orderUpdated(
      @Root() order: Order,
      @Arg('id', () => ID, { description: 'Id of the order.' }) _id: string,
      @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | null,
      @Ctx() context: RequestContext,
    ): Order {
      // The context lives as long as the subscription, and each update has more to tell than the one before.
      timelineLoader(context, deps.orm).clear(order.id);
      return order;
    }
  }
  return OrderUpdatedResolver;
}
