import type { UserActor } from '@brigade/service-kit';
import { decide } from '../order/decide.ts';
import type { OrderViewRow } from '../store/entities.ts';
import type { OrderRepository } from '../store/order-repository.ts';

/**
 * Hands a ready order over; staff only, which the caller has checked.
 * @throws NotFound, OrderNotReady
 */
export const completeOrder = (orders: OrderRepository, actor: UserActor, orderId: string): Promise<OrderViewRow> =>
  orders.transaction((tx) =>
    orders.change(tx, orderId, (order) => decide({ do: 'complete', completedBy: actor.userId }, order)),
  );
