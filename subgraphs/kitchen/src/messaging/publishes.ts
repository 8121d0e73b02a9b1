import { clip, cookingFailed, cookingStarted, orderReady, type Envelope } from '@brigade/schema';
import { createMessage } from '@brigade/service-kit';
import type { Outcome } from '../order/order-in-kitchen.ts';

/** What goes out: each outcome of an order, once. */
export function messageOf(outcome: Outcome): Envelope {
  const { orderId } = outcome;
  switch (outcome.type) {
    case 'STARTED':
      return createMessage(cookingStarted, orderId, { orderId, ticketId: outcome.ticketId });
    case 'READY':
      return createMessage(orderReady, orderId, { orderId });
    case 'FAILED':
      return createMessage(cookingFailed, orderId, { orderId, reason: clip(outcome.reason, 500) });
    default:
      return outcome satisfies never;
  }
}
