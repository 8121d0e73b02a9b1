import {
  cookingFailed,
  cookingStarted,
  dishChanged,
  orderReady,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  stockRejected,
  stockReleased,
  stockReserved,
  type Envelope,
  type MessageDefinition,
} from '@brigade/schema';
import { on, type EntityManager, type MessageHandler } from '@brigade/service-kit';
import { learnDish } from '../menu-replica/menu-replica.ts';
import { take, type OrderReport } from '../order/decide.ts';
import type { OrderRepository } from '../store/order-repository.ts';

/** What comes in: each message and what it does to the order that it speaks of. */
export function consumes(orders: OrderRepository): MessageHandler<EntityManager>[] {
  const report = <P extends { orderId: string }>(
    definition: MessageDefinition<P>,
    toReport: (payload: P) => OrderReport,
  ) =>
    on(definition, async ({ payload }: Envelope<P>, tx: EntityManager) => {
      await orders.change(tx, payload.orderId, (order) => take(toReport(payload), order));
    });
  return [
    on(dishChanged, async ({ payload }, tx: EntityManager) => learnDish(tx, payload)),
    report(stockReserved, ({ expiresAt }) => ({ type: 'StockReserved', expiresAt })),
    report(stockRejected, ({ reason }) => ({ type: 'StockRejected', reason })),
    report(stockReleased, ({ reason }) => ({ type: 'StockReleased', reason })),
    report(paymentCaptured, ({ paymentId, amount }) => ({ type: 'PaymentCaptured', paymentId, amount })),
    report(paymentDeclined, ({ paymentId, reason }) => ({ type: 'PaymentDeclined', paymentId, reason })),
    report(paymentRefunded, ({ orderId: _orderId, ...refund }) => ({ type: 'PaymentRefunded', ...refund })),
    report(cookingStarted, ({ ticketId }) => ({ type: 'CookingStarted', ticketId })),
    report(cookingFailed, ({ reason }) => ({ type: 'CookingFailed', reason })),
    report(orderReady, () => ({ type: 'OrderReady' })),
  ];
}
