import {
  cookingFailed,
  cookingStarted,
  orderReady,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  reservationExpired,
  stockRejected,
  stockReleased,
  stockReserved,
  type MessageDefinition,
} from '@brigade/schema';
import type { OrderReport } from './decide.ts';

/** What a message of another service says about an order. */
export interface Reporting {
  definition: MessageDefinition<{ orderId: string }>;
  toReport: (payload: never) => OrderReport;
}

const report = <P extends { orderId: string }>(
  definition: MessageDefinition<P>,
  toReport: (payload: P) => OrderReport,
): Reporting => ({ definition: definition as unknown as Reporting['definition'], toReport });

/** Every message about orders that others send, and what it reports. */
export const reportings: readonly Reporting[] = [
  report(stockReserved, ({ expiresAt }) => ({ type: 'StockReserved', expiresAt })),
  report(stockRejected, ({ reason }) => ({ type: 'StockRejected', reason })),
  report(reservationExpired, () => ({ type: 'ReservationExpired' })),
  report(stockReleased, ({ reason }) => ({ type: 'StockReleased', reason })),
  report(paymentCaptured, ({ paymentId, amount }) => ({ type: 'PaymentCaptured', paymentId, amount })),
  report(paymentDeclined, ({ paymentId, reason }) => ({ type: 'PaymentDeclined', paymentId, reason })),
  report(paymentRefunded, ({ orderId: _orderId, ...refund }) => ({ type: 'PaymentRefunded', ...refund })),
  report(cookingStarted, ({ ticketId }) => ({ type: 'CookingStarted', ticketId })),
  report(cookingFailed, ({ reason }) => ({ type: 'CookingFailed', reason })),
  report(orderReady, () => ({ type: 'OrderReady' })),
];
