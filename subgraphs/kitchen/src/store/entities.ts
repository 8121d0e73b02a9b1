import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { FaultKind, RecipeStep } from '@brigade/schema';

/** Tickets as the API reads them. */
export const TicketSchema = defineEntity({
  name: 'TicketRow',
  tableName: 'tickets',
  properties: {
    id: p.uuid().primary(),
    orderId: p.uuid(),
    position: p.integer(),
    dishId: p.uuid(),
    name: p.string(),
    quantity: p.integer(),
    status: p.string(),
    steps: p.json<RecipeStep[]>(),
    step: p.integer(),
    attempts: p.integer(),
    deviceId: p.string().nullable(),
    queuedAt: p.datetime().nullable(),
    startedAt: p.datetime().nullable(),
    readyAt: p.datetime().nullable(),
  },
});
export type TicketRow = InferEntity<typeof TicketSchema>;

/** Who may see an order's tickets. */
export const KitchenOrderSchema = defineEntity({
  name: 'KitchenOrderRow',
  tableName: 'kitchen_orders',
  properties: {
    orderId: p.uuid().primary(),
    customerId: p.uuid().nullable(),
    status: p.string(),
  },
});

/** Devices as the API reads them. */
export const DeviceSchema = defineEntity({
  name: 'DeviceRow',
  tableName: 'devices',
  properties: {
    id: p.string().primary(),
    kind: p.string(),
    slots: p.integer(),
    status: p.string(),
    faults: p.json<FaultKind[]>(),
  },
});
export type DeviceRow = InferEntity<typeof DeviceSchema>;

export const entities = [TicketSchema, KitchenOrderSchema, DeviceSchema];
