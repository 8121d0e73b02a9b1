import { orderCancelled, orderCompleted, orderFailed, orderPlaced, type Envelope } from '@brigade/schema';
import { createMessage } from '@brigade/service-kit';
import type { OrderEvent } from '../order/events.ts';

/** What goes out: the events that others must hear of. What others reported themselves is not repeated. */
export function messagesOf(orderId: string, event: OrderEvent): Envelope[] {
  switch (event.type) {
    case 'OrderPlaced': {
      const { type: _type, ...placed } = event;
      return [createMessage(orderPlaced, orderId, { orderId, ...placed })];
    }
    case 'OrderCancelled':
      return [
        createMessage(orderCancelled, orderId, { orderId, cancelledBy: event.cancelledBy, reason: event.reason }),
      ];
    case 'OrderExpired':
      return [createMessage(orderFailed, orderId, { orderId, reason: event.reason })];
    case 'OrderCompleted':
      return [createMessage(orderCompleted, orderId, { orderId, completedBy: event.completedBy })];
    case 'StockReserved':
    case 'StockRejected':
    case 'StockReleased':
    case 'PaymentCaptured':
    case 'PaymentDeclined':
    case 'PaymentRefunded':
    case 'CookingStarted':
    case 'CookingFailed':
    case 'OrderReady':
      return [];
    default:
      return event satisfies never;
  }
}
