import {
  cookingFailed,
  orderCancelled,
  orderCompleted,
  orderFailed,
  paymentCaptured,
  paymentDeclined,
} from '@brigade/schema';

/** What each message does to the order's reservation. */
export const settlements = [
  { definition: paymentCaptured, event: 'capture' },
  { definition: orderCompleted, event: 'complete' },
  // Compensations: each undoes the reservation.
  { definition: paymentDeclined, event: 'release' },
  { definition: cookingFailed, event: 'release' },
  { definition: orderCancelled, event: 'release' },
  { definition: orderFailed, event: 'release' },
] as const;
