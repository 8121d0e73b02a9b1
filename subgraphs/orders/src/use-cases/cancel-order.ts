import { NotFound, isStaff, type Actor, type UserActor } from '@brigade/service-kit';
import { decide } from '../order/decide.ts';
import { OrderViewSchema, type OrderViewRow } from '../store/entities.ts';
import type { OrderRepository } from '../store/order-repository.ts';

/** Whether someone may see and cancel an order: its customer and the staff. */
export const mayAccess = (actor: Actor, view: { customerId: string }): boolean =>
  actor.kind === 'service' || isStaff(actor) || (actor.kind === 'user' && actor.userId === view.customerId);

/**
 * Calls an order off, as its guest or as staff. Calling it off again changes nothing.
 * @throws NotFound (also for another guest's order), OrderNotCancellable
 */
export async function cancelOrder(
  orders: OrderRepository,
  actor: UserActor,
  orderId: string,
  reason: string,
): Promise<OrderViewRow> {
  return orders.transaction(async (tx) => {
    const view = await tx.findOne(OrderViewSchema, { id: orderId });
    if (!view || !mayAccess(actor, view)) throw new NotFound(`There is no order ${orderId}.`);
    return orders.change(tx, orderId, (order) => decide({ do: 'cancel', cancelledBy: actor.userId, reason }, order));
  });
}
