import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { Address, OrderLine } from '@brigade/schema';

/** One row an order: what the API answers from. */
export const OrderViewSchema = defineEntity({
  name: 'OrderView',
  tableName: 'order_views',
  properties: {
    id: p.uuid().primary(),
    version: p.integer(),
    customerId: p.uuid(),
    status: p.string(),
    reason: p.string().nullable(),
    lines: p.json<OrderLine[]>(),
    totalMinor: p.integer(),
    currency: p.string(),
    deliveryAddress: p.json<Address>(),
    paymentMethodId: p.uuid(),
    placedAt: p.datetime(),
    updatedAt: p.datetime(),
    deadlineAt: p.datetime().nullable(),
  },
});
export type OrderViewRow = InferEntity<typeof OrderViewSchema>;

/** One row an event: the order's life as people read it. */
export const TimelineSchema = defineEntity({
  name: 'TimelineEntry',
  tableName: 'order_timeline',
  properties: {
    orderId: p.uuid().primary(),
    version: p.integer().primary(),
    name: p.string(),
    status: p.string(),
    detail: p.string().nullable(),
    at: p.datetime(),
    service: p.string(),
    correlationId: p.string(),
    traceId: p.string().nullable(),
  },
});
export type TimelineRow = InferEntity<typeof TimelineSchema>;

/** What orders knows of the menu. */
export const DishReplicaSchema = defineEntity({
  name: 'DishReplica',
  properties: {
    dishId: p.uuid().primary(),
    revision: p.integer(),
    name: p.string(),
    priceMinor: p.integer(),
    currency: p.string(),
    available: p.boolean(),
  },
  tableName: 'dish_replicas',
});

export const entities = [OrderViewSchema, TimelineSchema, DishReplicaSchema];
