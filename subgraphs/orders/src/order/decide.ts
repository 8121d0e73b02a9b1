import { OrderNotCancellable, OrderNotReady } from './errors.ts';
import type { OrderEvent } from './events.ts';
import { isEnded, type Order } from './order.ts';

type EventOf<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>;

/** What someone wants. */
export type OrderCommand =
  | (Omit<EventOf<'OrderPlaced'>, 'type'> & { do: 'place' })
  | { do: 'cancel'; cancelledBy: string; reason: string }
  | { do: 'complete'; completedBy: string }
  | { do: 'expire' };

/** What another service reports; always true, but perhaps late, repeated or out of order. */
export type OrderReport =
  | Exclude<OrderEvent, { type: 'OrderPlaced' | 'OrderCancelled' | 'OrderExpired' | 'OrderCompleted' }>
  /** What is set aside was not paid for in time, as far as inventory has heard. */
  | { type: 'ReservationExpired' };

/**
 * What follows from a command.
 * @throws OrderNotCancellable, OrderNotReady
 */
export function decide(command: OrderCommand, order: Order): OrderEvent[] {
  if (command.do === 'place') {
    const { do: _do, ...placed } = command;
    return order.status === 'NONE' ? [{ type: 'OrderPlaced', ...placed }] : [];
  }
  if (order.status === 'NONE') throw new Error(`there is no order to ${command.do}`);
  switch (command.do) {
    case 'cancel':
      if (order.status === 'CANCELLED') return [];
      if (isEnded(order) || order.status === 'READY') throw new OrderNotCancellable(order.status);
      return [{ type: 'OrderCancelled', cancelledBy: command.cancelledBy, reason: command.reason }];
    case 'complete':
      if (order.status === 'COMPLETED') return [];
      if (order.status !== 'READY') throw new OrderNotReady(order.status);
      return [{ type: 'OrderCompleted', completedBy: command.completedBy }];
    case 'expire':
      if (isEnded(order)) return [];
      if (order.status === 'READY') return [{ type: 'OrderCompleted', completedBy: 'system' }];
      return [{ type: 'OrderExpired', reason: `DEADLINE_EXCEEDED: no progress while ${order.status}` }];
    default:
      return command satisfies never;
  }
}

/**
 * What follows from a report. A report that comes too late for an ended order is noted where it belongs to the
 * order's books (money and stock) and absorbed otherwise; compensation is under way by the message that ended it.
 */
export function take(report: OrderReport, order: Order): OrderEvent[] {
  if (order.status === 'NONE') throw new Error(`${report.type} for an order that was never placed`);
  const ended = isEnded(order);
  switch (report.type) {
    case 'StockReserved':
    case 'StockReleased':
    case 'PaymentCaptured':
    case 'CookingStarted':
      return order.facts.has(report.type) ? [] : [report];
    case 'ReservationExpired':
      // A payment that is on its way to inventory keeps the stock; an unpaid order ends, and its end gives the stock back.
      return order.status === 'PLACED' || order.status === 'CONFIRMED'
        ? [{ type: 'OrderExpired', reason: 'RESERVATION_EXPIRED: it was not paid for in time' }]
        : [];
    case 'PaymentRefunded':
      return report.refundedTotal.amountMinor > order.refundedMinor ? [report] : [];
    case 'OrderReady':
      return ended || order.status === 'READY' ? [] : [report];
    case 'StockRejected':
      return order.status === 'PLACED' ? [report] : [];
    case 'PaymentDeclined':
      return order.status === 'PLACED' || order.status === 'CONFIRMED' ? [report] : [];
    case 'CookingFailed':
      return ended || order.status === 'READY' ? [] : [report];
    default:
      return report satisfies never;
  }
}
