import type { Address, Money, OrderLine } from '@brigade/schema';

/** What happened to an order, as its stream keeps it. Past tense, never changed once written. */
export type OrderEvent =
  | {
      type: 'OrderPlaced';
      customerId: string;
      lines: OrderLine[];
      total: Money;
      deliveryAddress: Address;
      paymentMethodId: string;
    }
  | { type: 'StockReserved'; expiresAt: string }
  | { type: 'StockRejected'; reason: string }
  | { type: 'StockReleased'; reason: string }
  | { type: 'PaymentCaptured'; paymentId: string; amount: Money }
  | { type: 'PaymentDeclined'; paymentId: string; reason: string }
  | { type: 'PaymentRefunded'; paymentId: string; amount: Money; refundedTotal: Money }
  | { type: 'CookingStarted'; ticketId: string }
  | { type: 'CookingFailed'; reason: string }
  | { type: 'OrderReady' }
  | { type: 'OrderCancelled'; cancelledBy: string; reason: string }
  | { type: 'OrderExpired'; reason: string }
  | { type: 'OrderCompleted'; completedBy: string };
