import type { OrderEvent } from '../order/events.ts';

export interface Stored<E> {
  version: number;
  /** The data as that version wrote it. Never edited: there are streams that have it. */
  stored: Record<string, unknown>;
  /** What it means to the code of today. */
  today: E;
}

/** Of every type of event one example of each version that was ever written. A type without its example does not compile. */
export const storedEvents: { [T in OrderEvent['type']]: Stored<Extract<OrderEvent, { type: T }>>[] } = {
  OrderPlaced: [
    {
      version: 1,
      stored: {
        customerId: '01935a00-0000-7000-8000-000000000001',
        lines: [
          {
            lineId: '01935a00-0000-7000-8000-000000000002',
            dishId: '01935a00-0000-7000-8000-000000000003',
            name: 'Margherita',
            quantity: 2,
            unitPrice: { amountMinor: 1150, currency: 'EUR' },
          },
        ],
        total: { amountMinor: 2300, currency: 'EUR' },
        deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
        paymentMethodId: '01935a00-0000-7000-8000-000000000004',
      },
      today: {
        type: 'OrderPlaced',
        customerId: '01935a00-0000-7000-8000-000000000001',
        lines: [
          {
            lineId: '01935a00-0000-7000-8000-000000000002',
            dishId: '01935a00-0000-7000-8000-000000000003',
            name: 'Margherita',
            quantity: 2,
            unitPrice: { amountMinor: 1150, currency: 'EUR' },
          },
        ],
        total: { amountMinor: 2300, currency: 'EUR' },
        deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
        paymentMethodId: '01935a00-0000-7000-8000-000000000004',
      },
    },
  ],
  StockReserved: [
    {
      version: 1,
      stored: { expiresAt: '2026-11-21T10:15:00.000Z' },
      today: { type: 'StockReserved', expiresAt: '2026-11-21T10:15:00.000Z' },
    },
  ],
  StockRejected: [
    {
      version: 1,
      stored: { reason: 'OUT_OF_STOCK' },
      today: { type: 'StockRejected', reason: 'OUT_OF_STOCK' },
    },
  ],
  StockReleased: [{ version: 1, stored: { reason: 'EXPIRED' }, today: { type: 'StockReleased', reason: 'EXPIRED' } }],
  PaymentCaptured: [
    {
      version: 1,
      stored: {
        paymentId: '01935a00-0000-7000-8000-000000000005',
        amount: { amountMinor: 2300, currency: 'EUR' },
      },
      today: {
        type: 'PaymentCaptured',
        paymentId: '01935a00-0000-7000-8000-000000000005',
        amount: { amountMinor: 2300, currency: 'EUR' },
      },
    },
  ],
  PaymentDeclined: [
    {
      version: 1,
      stored: { paymentId: '01935a00-0000-7000-8000-000000000005', reason: 'card_declined' },
      today: {
        type: 'PaymentDeclined',
        paymentId: '01935a00-0000-7000-8000-000000000005',
        reason: 'card_declined',
      },
    },
  ],
  PaymentRefunded: [
    {
      version: 1,
      stored: {
        paymentId: '01935a00-0000-7000-8000-000000000005',
        amount: { amountMinor: 500, currency: 'EUR' },
        refundedTotal: { amountMinor: 800, currency: 'EUR' },
      },
      today: {
        type: 'PaymentRefunded',
        paymentId: '01935a00-0000-7000-8000-000000000005',
        amount: { amountMinor: 500, currency: 'EUR' },
        refundedTotal: { amountMinor: 800, currency: 'EUR' },
      },
    },
  ],
  CookingStarted: [
    {
      version: 1,
      stored: { ticketId: '01935a00-0000-7000-8000-000000000002' },
      today: { type: 'CookingStarted', ticketId: '01935a00-0000-7000-8000-000000000002' },
    },
  ],
  CookingFailed: [
    {
      version: 1,
      stored: { reason: 'NO_STATION: every OVEN is down' },
      today: { type: 'CookingFailed', reason: 'NO_STATION: every OVEN is down' },
    },
  ],
  OrderReady: [{ version: 1, stored: {}, today: { type: 'OrderReady' } }],
  OrderCancelled: [
    {
      version: 1,
      stored: { cancelledBy: '01935a00-0000-7000-8000-000000000001', reason: 'Changed my mind' },
      today: {
        type: 'OrderCancelled',
        cancelledBy: '01935a00-0000-7000-8000-000000000001',
        reason: 'Changed my mind',
      },
    },
  ],
  OrderExpired: [
    {
      version: 1,
      stored: { reason: 'DEADLINE_EXCEEDED: no progress while PAID' },
      today: { type: 'OrderExpired', reason: 'DEADLINE_EXCEEDED: no progress while PAID' },
    },
  ],
  OrderCompleted: [
    { version: 1, stored: { completedBy: 'system' }, today: { type: 'OrderCompleted', completedBy: 'system' } },
  ],
};
