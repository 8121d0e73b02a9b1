import { describe, expect, test } from '@jest/globals';
import { orderPlaced } from '@brigade/schema';
import type { RecordedEvent } from '@brigade/service-kit';
import fc from 'fast-check';
import type { OrderEvent } from '../order/events.ts';
import { project } from './project.ts';

const { orderId, ...content } = orderPlaced.example;
const placed: OrderEvent = { type: 'OrderPlaced', ...content };
const paymentId = '01940000-0000-7000-8000-000000000006';
const deadlines = { PLACED: 1_000, CONFIRMED: 2_000, PAID: 3_000, COOKING: 4_000, READY: 5_000 };
const second = (n: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, n));

const recorded = (events: readonly OrderEvent[]): RecordedEvent<OrderEvent>[] =>
  events.map((event, index) => ({
    streamId: orderId,
    version: index + 1,
    position: index + 1,
    event,
    at: second(index).toISOString(),
    correlationId: orderId,
    causationId: orderId,
    traceId: index === 0 ? '0af7651916cd43dd8448eb211c80319c' : null,
  }));
const of = (...events: OrderEvent[]) => project(undefined, recorded([placed, ...events]), deadlines);

const reserved: OrderEvent = { type: 'StockReserved', expiresAt: '2026-01-01T12:15:00.000Z' };
const captured: OrderEvent = { type: 'PaymentCaptured', paymentId, amount: content.total };
const refunded: OrderEvent = {
  type: 'PaymentRefunded',
  paymentId,
  amount: content.total,
  refundedTotal: content.total,
};
const later: OrderEvent[] = [
  reserved,
  captured,
  refunded,
  { type: 'CookingStarted', ticketId: paymentId },
  { type: 'OrderReady' },
  { type: 'StockReleased', reason: 'COMPENSATED' },
  { type: 'PaymentDeclined', paymentId, reason: 'card_declined' },
  { type: 'OrderCancelled', cancelledBy: paymentId, reason: 'changed my mind' },
  { type: 'OrderExpired', reason: 'DEADLINE_EXCEEDED' },
  { type: 'OrderCompleted', completedBy: 'system' },
];

describe('the read models of an order', () => {
  test('show where it stands and since when', () => {
    const { view, timeline } = of(reserved);
    expect(view).toMatchObject({ status: 'CONFIRMED', version: 2, reason: null, updatedAt: second(1) });
    expect(view.placedAt).toEqual(second(0));
    expect(timeline.map(({ name, status, at }) => [name, status, at])).toEqual([
      ['OrderPlaced', 'PLACED', second(0)],
      ['StockReserved', 'CONFIRMED', second(1)],
    ]);
    expect(timeline.map(({ service, correlationId, traceId }) => [service, correlationId, traceId])).toEqual([
      ['orders', orderId, '0af7651916cd43dd8448eb211c80319c'],
      ['inventory', orderId, null],
    ]);
  });

  test('a deadline counts from when the status was entered; what does not move the order does not move it', () => {
    expect(of(reserved).view.deadlineAt).toEqual(second(1 + 2));
    expect(of(reserved, refunded).view.deadlineAt).toEqual(second(1 + 2));
    expect(of(reserved, captured).view.deadlineAt).toEqual(second(2 + 3));
  });

  test('an ended order has a reason and no deadline', () => {
    const { view, timeline } = of({ type: 'StockRejected', reason: 'OUT_OF_STOCK' });
    expect(view).toMatchObject({ status: 'REJECTED', reason: 'OUT_OF_STOCK', deadlineAt: null });
    expect(timeline.at(-1)?.detail).toBe('OUT_OF_STOCK');
  });

  test('a stream that does not begin with its placing, or is empty, is refused', () => {
    expect(() => project(undefined, recorded([reserved]), deadlines)).toThrow('OrderPlaced');
    expect(() => project(undefined, [], deadlines)).toThrow('nothing');
  });

  test('folded at once or event by event, they are the same: a rebuild is identical', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...later), { maxLength: 15 }), fc.nat(15), (events, cut) => {
        const all = recorded([placed, ...events]);
        const whole = project(undefined, all, deadlines);
        const first = project(undefined, all.slice(0, cut + 1), deadlines);
        expect(project(first, all.slice(cut + 1), deadlines)).toEqual(whole);
        expect(whole.view.version).toBe(all.length);
        expect(whole.timeline.map(({ version }) => version)).toEqual(all.map(({ version }) => version));
      }),
    );
  });
});
