import { describe, expect, test } from '@jest/globals';
import { orderPlaced } from '@brigade/schema';
import fc from 'fast-check';
import { decide, take, type OrderCommand, type OrderReport } from './decide.ts';
import type { OrderEvent } from './events.ts';
import { evolve, isEnded, noOrder, openStatuses, type Order } from './order.ts';

const { orderId: _id, ...content } = orderPlaced.example;
const placed: OrderEvent = { type: 'OrderPlaced', ...content };
const total = content.total;
const paymentId = '01940000-0000-7000-8000-000000000006';

const reserved: OrderReport = { type: 'StockReserved', expiresAt: '2026-01-01T00:00:00.000Z' };
const rejected: OrderReport = { type: 'StockRejected', reason: 'OUT_OF_STOCK' };
const expired: OrderReport = { type: 'ReservationExpired' };
const compensated: OrderReport = { type: 'StockReleased', reason: 'COMPENSATED' };
const captured: OrderReport = { type: 'PaymentCaptured', paymentId, amount: total };
const declined: OrderReport = { type: 'PaymentDeclined', paymentId, reason: 'card_declined' };
const refunded: OrderReport = { type: 'PaymentRefunded', paymentId, amount: total, refundedTotal: total };
const started: OrderReport = { type: 'CookingStarted', ticketId: paymentId };
const failed: OrderReport = { type: 'CookingFailed', reason: 'NO_STATION' };
const ready: OrderReport = { type: 'OrderReady' };
const reports = [reserved, rejected, expired, compensated, captured, declined, refunded, started, failed, ready];

const cancel: OrderCommand = { do: 'cancel', cancelledBy: paymentId, reason: 'changed my mind' };
const complete: OrderCommand = { do: 'complete', completedBy: 'staff' };
const expire: OrderCommand = { do: 'expire' };

const fold = (events: readonly OrderEvent[], from: Order = noOrder): Order => events.reduce(evolve, from);
/** An order after it was placed and heard these reports. */
const given = (...heard: OrderReport[]): Order =>
  heard.reduce((order, report) => fold(take(report, order), order), fold([placed]));
const then = (order: Order, command: OrderCommand): Order => fold(decide(command, order), order);

describe("an order's way", () => {
  test.each([
    ['placed', [], 'PLACED'],
    ['confirmed once stock is reserved', [reserved], 'CONFIRMED'],
    ['paid', [reserved, captured], 'PAID'],
    ['cooking', [reserved, captured, started], 'COOKING'],
    ['ready', [reserved, captured, started, ready], 'READY'],
    ['rejected without stock', [rejected], 'REJECTED'],
    ['rejected when the card is declined', [reserved, declined], 'REJECTED'],
    ['failed when the kitchen gives up', [reserved, captured, started, failed], 'FAILED'],
    ['failed when the reservation ran out', [reserved, expired], 'FAILED'],
    ['failed when that is heard of before the reservation', [expired], 'FAILED'],
    // Found by the saga model: it expired before inventory heard of the capture, and was cooked all the same.
    ['paid, although its reservation ran out at that moment', [reserved, captured, expired], 'PAID'],
    ['ready, although its reservation ran out', [reserved, captured, started, ready, expired], 'READY'],
  ] as const)('%s', (_title, heard, status) => {
    expect(given(...heard).status).toBe(status);
  });

  test('a capture that is heard of before the reservation leads on, and the reservation does not lead back', () => {
    expect(given(captured).status).toBe('PAID');
    expect(given(captured, reserved).status).toBe('PAID');
  });

  test('stock that is given back because the card was declined ends it as rejected, whichever is heard first', () => {
    expect(given(reserved, compensated, declined)).toMatchObject({ status: 'REJECTED', reason: 'card_declined' });
    expect(given(reserved, declined, compensated)).toMatchObject({ status: 'REJECTED', reason: 'card_declined' });
    expect(given(reserved, captured, started, compensated, failed)).toMatchObject({ reason: 'NO_STATION' });
  });

  test('a ready order that is handed over is completed, once', () => {
    const done = then(given(reserved, captured, started, ready), complete);
    expect(done.status).toBe('COMPLETED');
    expect(decide(complete, done)).toEqual([]);
  });

  test('only a ready order can be completed', () => {
    expect(() => decide(complete, given(reserved))).toThrow('CONFIRMED');
  });
});

describe('placing', () => {
  const { type: _type, ...wanted } = placed;
  test('begins an order, once', () => {
    expect(decide({ do: 'place', ...wanted } as OrderCommand, noOrder)).toEqual([placed]);
    expect(decide({ do: 'place', ...wanted } as OrderCommand, given())).toEqual([]);
  });
  test('comes before everything else', () => {
    expect(() => decide(cancel, noOrder)).toThrow('no order');
    expect(() => take(ready, noOrder)).toThrow('never placed');
    expect(() => fold([ready])).toThrow('must begin with OrderPlaced');
    expect(fold([placed], given(reserved)).status).toBe('CONFIRMED');
  });
});

describe('cancelling', () => {
  test.each([[[]], [[reserved]], [[reserved, captured]], [[reserved, captured, started]]] as const)(
    'is possible after %j',
    (heard) => {
      expect(then(given(...heard), cancel).status).toBe('CANCELLED');
    },
  );

  test('again changes nothing', () => {
    expect(decide(cancel, then(given(), cancel))).toEqual([]);
  });

  test.each([[[reserved, captured, ready]], [[rejected]], [[reserved, captured, failed]]] as const)(
    'is too late after %j',
    (heard) => {
      expect(() => decide(cancel, given(...heard))).toThrow(expect.objectContaining({ code: 'ORDER_NOT_CANCELLABLE' }));
    },
  );

  test('wins over a ready that comes after it, and loses to one that came before', () => {
    const cancelled = then(given(reserved, captured, started), cancel);
    expect(take(ready, cancelled)).toEqual([]);
  });

  test('the money that comes too late is noted, and so is its refund', () => {
    const cancelled = then(given(reserved), cancel);
    const after = fold(take(captured, cancelled), cancelled);
    expect(after.status).toBe('CANCELLED');
    expect(take(captured, after)).toEqual([]);
    expect(take(refunded, after)).toEqual([refunded]);
    expect(take(refunded, fold([refunded], after))).toEqual([]);
  });
});

describe('deadlines', () => {
  test.each(openStatuses)('no order stays %s for ever', (status) => {
    const way = [reserved, captured, started, ready].slice(0, openStatuses.indexOf(status));
    const order = given(...way);
    expect(order.status).toBe(status);
    expect(then(order, expire).status).toBe(status === 'READY' ? 'COMPLETED' : 'FAILED');
  });

  test('an ended order has none', () => {
    expect(decide(expire, given(rejected))).toEqual([]);
  });
});

describe('whatever is heard, in whatever order and however often', () => {
  const history = fc.array(fc.constantFrom(...reports, cancel, complete, expire), { maxLength: 25 });
  const run = (steps: readonly (OrderReport | OrderCommand)[]) => {
    let order = fold([placed]);
    const seen: Order[] = [order];
    for (const step of steps) {
      let events: OrderEvent[] = [];
      try {
        events = 'do' in step ? decide(step, order) : take(step, order);
      } catch (error) {
        if (!(error as { code?: string }).code) throw error;
      }
      order = fold(events, order);
      seen.push(order);
    }
    return seen;
  };

  test('an ended order keeps its end', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const seen = run(steps);
        const end = seen.find(isEnded);
        if (end) expect(seen.at(-1)?.status).toBe(end.status);
      }),
    );
  });

  test('an open order never goes back', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const ranks = run(steps)
          .map(({ status }) => (openStatuses as readonly string[]).indexOf(status))
          .filter((rank) => rank >= 0);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });

  test('it ends at the latest when its deadlines pass', () => {
    fc.assert(fc.property(history, (steps) => isEnded(run([...steps, expire]).at(-1) ?? noOrder)));
  });
});
