import type { OrderEvent } from './events.ts';

export const openStatuses = ['PLACED', 'CONFIRMED', 'PAID', 'COOKING', 'READY'] as const;
export const endStatuses = ['COMPLETED', 'REJECTED', 'CANCELLED', 'FAILED'] as const;
export type OpenStatus = (typeof openStatuses)[number];
export type EndStatus = (typeof endStatuses)[number];
export type OrderStatus = OpenStatus | EndStatus;

/** Facts that other services report and that can arrive late: each is noted once. */
export type Fact = 'StockReserved' | 'StockReleased' | 'PaymentCaptured' | 'CookingStarted';

export type Order =
  | { status: 'NONE' }
  | { status: OpenStatus; facts: ReadonlySet<Fact>; refundedMinor: number }
  | { status: EndStatus; reason: string; facts: ReadonlySet<Fact>; refundedMinor: number };

export const noOrder: Order = { status: 'NONE' };

const rank = (status: OpenStatus): number => openStatuses.indexOf(status);

export const isEnded = (order: Order): order is Extract<Order, { status: EndStatus }> =>
  (endStatuses as readonly string[]).includes(order.status);

/** The state after one more event. Total: a fact never moves an order back, nor out of an end state. */
export function evolve(order: Order, event: OrderEvent): Order {
  if (order.status === 'NONE') {
    if (event.type !== 'OrderPlaced') throw new Error(`a stream must begin with OrderPlaced, not ${event.type}`);
    return { status: 'PLACED', facts: new Set(), refundedMinor: 0 };
  }
  const { facts, refundedMinor } = order;
  const end = (status: EndStatus, reason: string): Order => ({ status, reason, facts, refundedMinor });
  switch (event.type) {
    case 'OrderPlaced':
      return order;
    case 'StockReserved':
      return advance(order, 'CONFIRMED', event.type);
    case 'PaymentCaptured':
      return advance(order, 'PAID', event.type);
    case 'CookingStarted':
      return advance(order, 'COOKING', event.type);
    case 'OrderReady':
      return advance(order, 'READY');
    case 'StockReleased':
      return { ...order, facts: new Set(facts).add('StockReleased') };
    case 'PaymentRefunded':
      return { ...order, refundedMinor: event.refundedTotal.amountMinor };
    case 'StockRejected':
    case 'PaymentDeclined':
      return end('REJECTED', event.reason);
    case 'CookingFailed':
    case 'OrderExpired':
      return end('FAILED', event.reason);
    case 'OrderCancelled':
      return end('CANCELLED', event.reason);
    case 'OrderCompleted':
      return end('COMPLETED', 'Handed over');
    default:
      return event satisfies never;
  }
}

function advance(order: Exclude<Order, { status: 'NONE' }>, to: OpenStatus, fact?: Fact): Order {
  const facts = fact ? new Set(order.facts).add(fact) : order.facts;
  if (isEnded(order)) return { ...order, facts };
  const status = order.status as OpenStatus;
  return { status: rank(to) > rank(status) ? to : status, facts, refundedMinor: order.refundedMinor };
}
