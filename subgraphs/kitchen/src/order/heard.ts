import { orderCancelled, orderFailed, paymentDeclined, stockRejected } from '@brigade/schema';

/** Which messages call an order off in the kitchen, and as what its tickets end. */
export const callsOff = [
  { definition: orderCancelled, as: 'CANCELLED' },
  { definition: orderFailed, as: 'FAILED' },
  // Will never be paid: tickets that wait for it would wait for ever.
  { definition: stockRejected, as: 'FAILED' },
  { definition: paymentDeclined, as: 'FAILED' },
] as const;
