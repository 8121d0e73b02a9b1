import {
  dishChanged,
  orderCancelled,
  orderFailed,
  orderPlaced,
  paymentCaptured,
  paymentDeclined,
  stockRejected,
  type Envelope,
  type MessageDefinition,
} from '@brigade/schema';
import { on, type EntityManager, type MessageHandler } from '@brigade/service-kit';
import { learnRecipe, recipesOf, type LookUpRecipe } from '../menu-replica/recipes.ts';
import type { OrderInKitchen } from '../order/order-in-kitchen.ts';
import type { KitchenWork } from '../store/kitchen-work.ts';
import type { Ticket } from '../ticket/ticket.ts';

/** What comes in: each message and what it does to the order that it speaks of. */
export function consumes(
  workIn: (tx: EntityManager) => KitchenWork,
  lookUp: LookUpRecipe,
): MessageHandler<EntityManager>[] {
  const change = async (
    tx: EntityManager,
    orderId: string,
    decide: (order: OrderInKitchen, work: KitchenWork) => void,
  ) => {
    const work = workIn(tx);
    const order = await work.order(orderId);
    decide(order, work);
    // Placed and captured may come in either order: whichever is last queues the tickets.
    if (order.mayQueue) {
      const dishIds = order.tickets.map(({ dishId }) => dishId);
      order.queue(await recipesOf(tx, dishIds, lookUp), work.now);
    }
    await work.flush();
  };
  const calledOff = <P extends { orderId: string }>(definition: MessageDefinition<P>, as: 'CANCELLED' | 'FAILED') =>
    on(definition, async ({ payload: { orderId } }: Envelope<P>, tx: EntityManager) =>
      change(tx, orderId, (order, { now }) => order.cancel(as, now)),
    );
  return [
    on(dishChanged, async ({ payload }, tx: EntityManager) =>
      learnRecipe(tx, { ...payload, steps: payload.recipe.steps }),
    ),
    on(orderPlaced, async ({ payload: { orderId, customerId, lines } }, tx: EntityManager) =>
      change(tx, orderId, (order) => order.place(customerId, lines.map(ticketFor))),
    ),
    on(paymentCaptured, async ({ payload: { orderId } }, tx: EntityManager) =>
      change(tx, orderId, (order) => order.capture()),
    ),
    calledOff(orderCancelled, 'CANCELLED'),
    calledOff(orderFailed, 'FAILED'),
    // Will never be paid: tickets that wait for it would wait for ever.
    calledOff(stockRejected, 'FAILED'),
    calledOff(paymentDeclined, 'FAILED'),
  ];
}

/** A ticket has the id of its line: one line, one ticket, however often the order is heard of. */
const ticketFor = (line: { lineId: string; dishId: string; name: string; quantity: number }): Ticket => ({
  id: line.lineId,
  dishId: line.dishId,
  name: line.name,
  quantity: line.quantity,
  steps: [],
  state: { status: 'WAITING' },
  deviceId: null,
  queuedAt: null,
  startedAt: null,
  readyAt: null,
});
