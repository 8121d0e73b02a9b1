import { dishChanged, orderPlaced, paymentCaptured, type Envelope, type MessageDefinition } from '@brigade/schema';
import { on, type EntityManager, type MessageHandler } from '@brigade/service-kit';
import { learnRecipe, recipesOf, type LookUpRecipe } from '../menu-replica/recipes.ts';
import { callsOff } from '../order/heard.ts';
import type { OrderInKitchen } from '../order/order-in-kitchen.ts';
import type { KitchenWork } from '../store/kitchen-work.ts';
import { ticketFor } from '../ticket/ticket-for.ts';

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
  /** A guest who has paid must not wait for a kitchen that can't even take the order in: it fails, and is refunded. */
  const giveUp = async ({ payload: { orderId } }: Envelope<{ orderId: string }>, tx: EntityManager) => {
    const work = workIn(tx);
    const order = await work.order(orderId);
    order.fail('KITCHEN_ERROR: the kitchen could not take the order in', work.now);
    await work.flush();
  };
  const calledOff = (definition: MessageDefinition<{ orderId: string }>, as: 'CANCELLED' | 'FAILED') =>
    on(definition, async ({ payload: { orderId } }: Envelope<{ orderId: string }>, tx: EntityManager) =>
      change(tx, orderId, (order, { now }) => order.cancel(as, now)),
    );
  return [
    on(dishChanged, async ({ payload }, tx: EntityManager) =>
      learnRecipe(tx, { ...payload, steps: payload.recipe.steps }),
    ),
    on(
      orderPlaced,
      async ({ payload: { orderId, customerId, lines } }, tx: EntityManager) =>
        change(tx, orderId, (order) => order.place(customerId, lines.map(ticketFor))),
      giveUp,
    ),
    on(
      paymentCaptured,
      async ({ payload: { orderId } }, tx: EntityManager) => change(tx, orderId, (order) => order.capture()),
      giveUp,
    ),
    ...callsOff.map(({ definition, as }) => calledOff(definition, as)),
  ];
}
