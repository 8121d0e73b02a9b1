import type { OrderEvent } from './events.ts';

/** The service that brings an event about: the one that decided it, or whose report it is. */
export const broughtAboutBy = {
  OrderPlaced: 'orders',
  StockReserved: 'inventory',
  StockRejected: 'inventory',
  StockReleased: 'inventory',
  PaymentCaptured: 'payments',
  PaymentDeclined: 'payments',
  PaymentRefunded: 'payments',
  CookingStarted: 'kitchen',
  CookingFailed: 'kitchen',
  OrderReady: 'kitchen',
  OrderCancelled: 'orders',
  OrderExpired: 'orders',
  OrderCompleted: 'orders',
} as const satisfies Record<OrderEvent['type'], string>;
