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
    const order: ToldOrder = { key: randomUUID(), phase: options.phase, attempts: [], outcome: 'indeterminate' };
    told.push(order);
    const placing = placeOne(order, options).finally(() => waiting.delete(placing));
    waiting.add(placing);
  }
  await Promise.all(waiting);
  return told;
}

async function placeOne(order: ToldOrder, { clients, dishIds, chance, onAcknowledged }: LoadOptions): Promise<void> {
  const client = chance.pick(clients);
  const lines = chance.happens(0.3) ? [chance.pick(dishIds), chance.pick(dishIds)] : [chance.pick(dishIds)];
  const input = {
    idempotencyKey: order.key,
    lines: lines.map((dishId) => ({ dishId, quantity: 1 })),
    deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
    paymentMethodId: chance.happens(DECLINED) ? client.emptyCard : client.card,
  };
  const cancelAfterMs = chance.happens(CANCELLED) ? chance.between(0, 3_000) : undefined;
  const { outcome, attempts, data } = await client.persist(PLACE, { input });
  order.outcome = outcome;
  order.attempts = attempts;
  if (outcome !== 'acknowledged') return;
  order.orderId = (data?.placeOrder as { order: { id: string } }).order.id;
  onAcknowledged(order.orderId);
  if (cancelAfterMs === undefined) return;
  await delay(cancelAfterMs);
  order.cancel = (await client.persist(CANCEL, { id: order.orderId })).outcome;
}
