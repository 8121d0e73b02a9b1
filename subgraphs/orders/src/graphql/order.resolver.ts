import { text } from '@brigade/schema';
import {
  NotFound,
  ForStaff,
  PageArgs,
  Paginated,
  pageSize,
  requireRole,
  requireUser,
  type Page,
  type RequestContext,
} from '@brigade/service-kit';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { cancelOrder } from '../use-cases/cancel-order.ts';
import { completeOrder } from '../use-cases/complete-order.ts';
import { placeOrder } from '../use-cases/place-order.ts';
import { listOrders } from '../read-models/list-orders.ts';
import type { OrdersDeps } from '../deps.ts';
import { orderFromView } from './order-from-view.ts';
import { CancelOrderPayload, CompleteOrderPayload, PlaceOrderInput, PlaceOrderPayload } from './order.input.ts';
import { OrderFilter, parseFilter } from './order-filter.input.ts';
import { orderCursor } from './order-cursor.ts';
import { orderLoader } from './order.loader.ts';
import { orderId } from './order-id.ts';
import { Order, OrderConnection, OrderStatus, TimelineEntry } from './order.type.ts';
import { timelineLoader } from './timeline.loader.ts';

const cancellation = z.object({ reason: text({ max: 500, multiline: true, trim: true }) });

@Resolver(() => Order)
export class OrderResolver {
  constructor(private readonly deps: OrdersDeps) {}

  @Query(() => Order, {
    nullable: true,
    description: "One of the guest's own orders, or any for staff. `NOT_FOUND` otherwise.",
  })
  async order(
    @Arg('id', () => ID, { description: 'Id of the order.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Order> {
    requireUser(context.actor);
    const view = await orderLoader(context, this.deps.orm).load(orderId.parse(id));
    if (!view) throw new NotFound(`There is no order ${id}.`);
    return orderFromView(view);
  }

  @ForStaff()
  @Paginated()
  @Query(() => OrderConnection, {
    description: 'All orders, newest first; for staff. Refusals: `FORBIDDEN`, `BAD_USER_INPUT`.',
  })
  async orders(
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('status', () => OrderStatus, { nullable: true, description: 'Only orders that stand here.' })
    status: OrderStatus | null,
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Only orders that all of it holds for.' })
    filter: OrderFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Page<Order>> {
    requireRole(context.actor, 'STAFF', 'MANAGER', 'ADMIN');
    return listOrders(this.deps.orm, {
      ...(filter && parseFilter(filter)),
      first: pageSize(first),
      after,
      ...(status && { status }),
    });
  }

  @Mutation(() => PlaceOrderPayload, {
    description:
      'Places an order. Refusals: `UNAUTHENTICATED`, `BAD_USER_INPUT`, `DISH_UNAVAILABLE`, `IDEMPOTENCY_CONFLICT`.',
  })
  async placeOrder(
    @Arg('input', () => PlaceOrderInput, { description: 'The order.' }) input: PlaceOrderInput,
    @Ctx() context: RequestContext,
  ): Promise<PlaceOrderPayload> {
    const { userId } = requireUser(context.actor);
    return { order: orderFromView(await placeOrder(this.deps, userId, input)) };
  }

  @Mutation(() => CancelOrderPayload, {
    description:
      'Calls an order off and refunds it. Refusals: `UNAUTHENTICATED`, `NOT_FOUND`, `ORDER_NOT_CANCELLABLE`.',
  })
  async cancelOrder(
    @Arg('id', () => ID, { description: 'Id of the order.' }) id: string,
    @Ctx() context: RequestContext,
    @Arg('reason', () => String, { defaultValue: 'Cancelled by the guest', description: 'Why, up to 500 characters.' })
    reason: string,
  ): Promise<CancelOrderPayload> {
    const actor = requireUser(context.actor);
    const why = cancellation.parse({ reason }).reason;
    return { order: orderFromView(await cancelOrder(this.deps.orders, actor, orderId.parse(id), why)) };
  }

  @Mutation(() => CompleteOrderPayload, {
    description: 'Hands a ready order over; for staff. Refusals: `FORBIDDEN`, `NOT_FOUND`, `ORDER_NOT_READY`.',
  })
  async completeOrder(
    @Arg('id', () => ID, { description: 'Id of the order.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<CompleteOrderPayload> {
    const actor = requireRole(context.actor, 'STAFF', 'MANAGER', 'ADMIN');
    return { order: orderFromView(await completeOrder(this.deps.orders, actor, orderId.parse(id))) };
  }

  @FieldResolver(() => String, {
    description: 'This place in its history, opaque: `orderUpdated(after:)` goes on from here.',
  })
  cursor(@Root() order: Order): string {
    return orderCursor(order);
  }

  @FieldResolver(() => [TimelineEntry], { description: 'Everything that happened to it, oldest first.' })
  async timeline(@Root() order: Order, @Ctx() context: RequestContext): Promise<TimelineEntry[]> {
    const timeline = await timelineLoader(context, this.deps.orm).load(order.id);
    // The order may have moved on since it was read, or be shown as it was.
    return timeline.filter(({ version }) => version <= order.version) as TimelineEntry[];
  }
}
