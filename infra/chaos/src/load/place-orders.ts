import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Chance } from '../chance.ts';
import type { Client } from './client.ts';
import type { ToldOrder } from './told.ts';

const PLACE = 'mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
const CANCEL = 'mutation Cancel($id: ID!) { cancelOrder(id: $id) { order { id status } } }';

/** Guests who wait for an answer at once, at most. */
const MOST_WAITING = 400;
const CANCELLED = 0.06;
const DECLINED = 0.04;

export interface LoadOptions {
  clients: readonly Client[];
  dishIds: readonly string[];
  orders: number;
  /** Orders a second. */
  pace: number;
  phase: string;
  chance: Chance;
  /** Told of each order as soon as it is acknowledged. */
  onAcknowledged: (orderId: string) => void;
}

/**
 * Places orders at a steady pace, whether the answers come or not. Some are paid with a card that is declined, some are
 * called off by their guests a moment later.
 * @returns what each client knows in the end
 */
export async function placeOrders(options: LoadOptions): Promise<ToldOrder[]> {
  const told: ToldOrder[] = [];
  const waiting = new Set<Promise<void>>();
  const started = performance.now();
  for (let index = 0; index < options.orders; index += 1) {
    const due = started + (index / options.pace) * 1_000 - performance.now();
    if (due > 0) await delay(due);
    while (waiting.size >= MOST_WAITING) await Promise.race(waiting);
    const placing = sendOne(options, told).finally(() => waiting.delete(placing));
    waiting.add(placing);
  }
  await Promise.all(waiting);
  return told;
}

async function sendOne(
  { clients, dishIds, chance, phase, onAcknowledged }: LoadOptions,
  told: ToldOrder[],
): Promise<void> {
  const client = chance.pick(clients);
  const dishes = chance.happens(0.3) ? [chance.pick(dishIds), chance.pick(dishIds)] : [chance.pick(dishIds)];
  const card = chance.happens(DECLINED) ? client.emptyCard : client.card;
  const cancelAfterMs = chance.happens(CANCELLED) ? chance.between(0, 3_000) : undefined;
  const order = await placeOne(client, phase, dishes, card);
  told.push(order);
  if (order.orderId === undefined) return;
  onAcknowledged(order.orderId);
  if (cancelAfterMs === undefined) return;
  await delay(cancelAfterMs);
  await callOff(client, order);
}

/** Places one order, `quantity` portions of each dish, and answers what the client was told. */
export async function placeOne(
  client: Client,
  phase: string,
  dishIds: readonly string[],
  paymentMethodId: string,
  quantity = 1,
): Promise<ToldOrder> {
  const key = randomUUID();
  const input = {
    idempotencyKey: key,
    lines: dishIds.map((dishId) => ({ dishId, quantity })),
    deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
    paymentMethodId,
  };
  const { outcome, attempts, data } = await client.persist(PLACE, { input });
  const placed = data?.placeOrder as { order: { id: string } } | undefined;
  return { key, phase, attempts, outcome, ...(placed && { orderId: placed.order.id }) };
}

/** Calls an order off, if it was placed, and notes what the client was told. */
export async function callOff(client: Client, order: ToldOrder): Promise<ToldOrder> {
  if (order.orderId !== undefined) order.cancel = (await client.persist(CANCEL, { id: order.orderId })).outcome;
  return order;
}
