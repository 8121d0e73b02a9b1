import { describe, expect, test } from '@jest/globals';
import { settle } from '../../subgraphs/inventory/src/stock/settle.ts';
import type { ReservationStatus } from '../../subgraphs/inventory/src/stock/reservation.ts';
import { decide as decideTicket, type TicketCommand } from '../../subgraphs/kitchen/src/ticket/decide.ts';
import { evolve as evolveTicket } from '../../subgraphs/kitchen/src/ticket/events.ts';
import { hasEnded, type TicketState } from '../../subgraphs/kitchen/src/ticket/ticket.ts';
import { decide } from '../../subgraphs/orders/src/order/decide.ts';
import { evolve, isEnded, type OpenStatus, type Order } from '../../subgraphs/orders/src/order/order.ts';
import { hear, settleCharge, settleRefund } from '../../subgraphs/payments/src/payment/decide.ts';
import type { PaymentStatus } from '../../subgraphs/payments/src/payment/payment.ts';

/** What ends each state that is no end, if nothing else does. A new state fails to compile here until it has a row. */

describe('an order', () => {
  const deadlines: Record<OpenStatus, string> = {
    PLACED: 'ORDER_DEADLINE_PLACED',
    CONFIRMED: 'ORDER_DEADLINE_CONFIRMED',
    PAID: 'ORDER_DEADLINE_PAID',
    COOKING: 'ORDER_DEADLINE_COOKING',
    READY: 'ORDER_DEADLINE_READY',
  };
  test.each(Object.entries(deadlines))('that is %s ends by %s', (status) => {
    const order: Order = { status: status as OpenStatus, facts: new Set(), refundedMinor: 0 };
    expect(isEnded(decide({ do: 'expire' }, order).reduce(evolve, order))).toBe(true);
  });
});

describe('a reservation', () => {
  type Open = Exclude<ReservationStatus, 'CONSUMED' | 'RELEASED' | 'REJECTED'>;
  const ends: Record<Open, string> = {
    HELD: 'reservation-expired, which fails an unpaid order; a paid one, and one of which nothing is heard: its own deadline',
    COMMITTED: "the order's deadline",
  };
  // Every end of an order releases or completes.
  test.each(Object.entries(ends))('that is %s ends by %s', (status) => {
    expect(settle(status as Open, 'release')?.status).toBe('RELEASED');
    expect(settle(status as Open, 'complete')?.status).toBe('CONSUMED');
  });
});

describe('a payment', () => {
  type Resting = 'CAPTURED' | 'DECLINED' | 'REFUNDED' | 'VOIDED';
  const ends: Record<
    Exclude<PaymentStatus, Resting>,
    { by: string; to: PaymentStatus; ending: () => PaymentStatus | undefined }
  > = {
    EXPECTED: {
      by: "the order's deadline, which calls it off",
      to: 'VOIDED',
      ending: () => hear({ status: 'EXPECTED', ...nothing }, 'called-off').status,
    },
    CAPTURING: {
      by: "the order's deadline, which calls it off; and the worker, which asks until it is answered",
      to: 'UNWINDING',
      ending: () => hear({ status: 'CAPTURING', ...nothing }, 'called-off').status,
    },
    UNWINDING: {
      by: 'the worker, which asks until it is answered',
      to: 'VOIDED',
      ending: () =>
        settleCharge({ status: 'UNWINDING', ...nothing }, { id: '', status: 'declined', amountMinor: 0 })?.status,
    },
    REFUNDING: {
      by: 'the worker, which asks until it is answered',
      to: 'REFUNDED',
      ending: () => settleRefund({ status: 'REFUNDING', chargeId: 'c', capturedMinor: 5, refundedMinor: 0 }, 5).status,
    },
  };
  const nothing = { capturedMinor: 0, refundedMinor: 0 };
  test.each(Object.entries(ends))('that is %s ends by $by', (_status, { to, ending }) => {
    expect(ending()).toBe(to);
  });
});

describe('a ticket', () => {
  type Open = Exclude<TicketState['status'], 'READY' | 'CANCELLED' | 'FAILED'>;
  const job = { step: 0, attempts: 2, deviceId: 'oven-1', jobId: 'a' };
  const lost: TicketCommand = { do: 'note-loss', jobId: 'a', reason: 'DEVICE_DOWN', counts: true };
  const ends: Record<Open, { by: string; state: TicketState; command: TicketCommand }> = {
    WAITING: { by: "the order's deadline", state: { status: 'WAITING' }, command: { do: 'cancel' } },
    QUEUED: {
      by: 'KITCHEN_NO_STATION_MS where no station works, else a slot',
      state: { status: 'QUEUED', step: 0, attempts: 0, avoid: null },
      command: { do: 'fail', reason: 'NO_STATION' },
    },
    COMMANDED: { by: 'KITCHEN_COMMAND_TRIES: then RECALLED', state: { status: 'COMMANDED', ...job }, command: lost },
    COOKING: {
      by: 'KITCHEN_DEVICE_SILENCE_MS: then RECALLED; or its order',
      state: { status: 'COOKING', ...job },
      command: lost,
    },
    RECALLED: {
      by: 'KITCHEN_COMMAND_TRIES of the STOP: then lost',
      state: { status: 'RECALLED', ...job },
      command: lost,
    },
  };
  test.each(Object.entries(ends))('that is %s ends by $by', (_status, { state, command }) => {
    const end = (given: TicketCommand) => decideTicket(given, state, 1).reduce(evolveTicket, state);
    expect(hasEnded(end(command))).toBe(true);
    expect(end({ do: 'cancel' })).toEqual({ status: 'CANCELLED' });
  });
});
