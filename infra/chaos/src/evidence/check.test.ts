import { describe, expect, test } from '@jest/globals';
import { check } from './check.ts';
import type { Evidence } from './evidence.ts';

/** A quiet evening: one order that was handed over, one that was called off after it had been paid for, one poison. */
const quiet = (): Evidence => ({
  told: [
    { key: 'k1', phase: 'none', attempts: [], outcome: 'acknowledged', orderId: 'o1' },
    { key: 'k2', phase: 'none', attempts: [], outcome: 'acknowledged', orderId: 'o2', cancel: 'acknowledged' },
    { key: 'k3', phase: 'none', attempts: [], outcome: 'indeterminate' },
    { key: 'k4', phase: 'none', attempts: [], outcome: 'refused' },
  ],
  orders: [
    {
      id: 'o1',
      keys: ['k1'],
      view: { status: 'COMPLETED', version: 6 },
      totalMinor: 1_000,
      events: ['OrderPlaced', 'StockReserved', 'PaymentCaptured', 'CookingStarted', 'OrderReady', 'OrderCompleted'].map(
        (type, index) => ({ type, version: index + 1 }),
      ),
    },
    {
      id: 'o2',
      keys: ['k2'],
      view: { status: 'CANCELLED', version: 4 },
      totalMinor: 500,
      events: ['OrderPlaced', 'PaymentCaptured', 'OrderCancelled', 'PaymentRefunded'].map((type, index) => ({
        type,
        version: index + 1,
      })),
    },
  ],
  readModelsIdentical: true,
  ledger: [
    { kind: 'charge', status: 'succeeded', amountMinor: 1_000, reference: 'o1' },
    { kind: 'charge', status: 'succeeded', amountMinor: 500, reference: 'o2' },
    { kind: 'refund', status: 'succeeded', amountMinor: 500, reference: 'o2' },
  ],
  payments: [
    { orderId: 'o1', status: 'CAPTURED', capturedMinor: 1_000, refundedMinor: 0 },
    { orderId: 'o2', status: 'REFUNDED', capturedMinor: 500, refundedMinor: 500 },
  ],
  stock: [{ ingredientId: 'flour', initial: 100, onHand: 97, reserved: 0, consumed: 3 }],
  reservations: [
    { orderId: 'o1', status: 'CONSUMED', needs: [{ ingredientId: 'flour', quantity: 3 }] },
    { orderId: 'o2', status: 'RELEASED', needs: [{ ingredientId: 'flour', quantity: 2 }] },
  ],
  tickets: [
    { id: 't1', orderId: 'o1', status: 'READY' },
    { id: 't2', orderId: 'o2', status: 'CANCELLED' },
  ],
  jobs: { begun: [{ jobId: 'j1', ticketId: 't1', step: 0 }], done: ['j1'] },
  outboxes: { orders: 0 },
  queues: { 'chaos.orders': 0 },
  deadLetters: [{ consumer: 'orders', messageId: 'p1', reason: 'poison' }],
  poison: ['p1'],
  seen: new Map([
    [
      'o1',
      [
        { version: 2, status: 'CONFIRMED' },
        { version: 5, status: 'READY' },
      ],
    ],
  ]),
});

type Order = Evidence['orders'][number];
/** The evidence with one order changed. */
const withOrder = (index: number, change: (order: Order) => Order) => (evidence: Evidence) => ({
  ...evidence,
  orders: evidence.orders.map((order, at) => (at === index ? change(order) : order)),
});
const withEvents = (index: number, ...types: string[]) =>
  withOrder(index, (order) => ({
    ...order,
    view: { status: order.view?.status ?? '', version: types.length },
    events: types.map((type, at) => ({ type, version: at + 1 })),
  }));

/** What was planted, and the rule that it breaks. */
const planted: readonly [what: string, rule: string, kind: string, plant: (evidence: Evidence) => Evidence][] = [
  ['a lost order', 'acknowledged orders exist', 'lost', (e) => ({ ...e, orders: e.orders.slice(1) })],
  [
    'one key, two orders',
    'one order a key',
    'doubled',
    (e) => ({ ...e, orders: [...e.orders, { ...(e.orders[0] as Order), id: 'o9' }] }),
  ],
  [
    'an order that nobody attempted',
    'no order that nobody attempted',
    'wrong',
    withOrder(0, (order) => ({ ...order, keys: ['unknown'] })),
  ],
  [
    'an order behind a refusal',
    'refused means not placed',
    'wrong',
    withOrder(1, (o) => ({ ...o, keys: ['k2', 'k4'] })),
  ],
  [
    'an order under a key of another',
    'an order belongs to its key',
    'wrong',
    withOrder(0, (order) => ({ ...order, keys: ['k3'] })),
  ],
  [
    'an order that never ends',
    'every order ends',
    'lost',
    withOrder(0, (order) => ({ ...order, view: { status: 'COOKING', version: 6 } })),
  ],
  [
    'a gap in a stream',
    'streams are gapless',
    'lost',
    withOrder(0, (o) => ({ ...o, events: o.events.filter(({ version }) => version !== 3) })),
  ],
  [
    'a stream without its read model',
    'every stream has its read model',
    'lost',
    withOrder(0, ({ view: _v, ...o }) => o),
  ],
  [
    'a read model that lags',
    'the read model knows every event',
    'wrong',
    withOrder(0, (o) => ({ ...o, view: { status: 'COMPLETED', version: 5 } })),
  ],
  ['a rebuild that differs', 'read models equal their events', 'wrong', (e) => ({ ...e, readModelsIdentical: false })],
  [
    'cancelled and completed',
    'an order ends once',
    'doubled',
    withEvents(1, 'OrderPlaced', 'OrderCancelled', 'OrderCompleted'),
  ],
  [
    'ready after its end',
    'nothing gets ready after its end',
    'wrong',
    withEvents(1, 'OrderPlaced', 'OrderCancelled', 'OrderReady'),
  ],
  [
    'a cancellation that does not stand',
    'a cancellation that was acknowledged stands',
    'lost',
    withOrder(1, (o) => ({ ...o, view: { status: 'COMPLETED', version: 4 } })),
  ],
  [
    'a doubled charge',
    'at most one charge',
    'doubled',
    (e) => ({ ...e, ledger: [...e.ledger, e.ledger[0] as Evidence['ledger'][number]] }),
  ],
  [
    'a charge that is missing',
    'captured - refunded = what is owed',
    'lost',
    (e) => ({ ...e, ledger: e.ledger.slice(1) }),
  ],
  [
    'money that was not given back',
    'captured - refunded = what is owed',
    'doubled',
    (e) => ({ ...e, ledger: e.ledger.slice(0, 2) }),
  ],
  [
    'a charge without an order',
    'nobody is charged without an order',
    'wrong',
    (e) => ({ ...e, ledger: [...e.ledger, { kind: 'charge', status: 'succeeded', amountMinor: 5, reference: 'o9' }] }),
  ],
  [
    'a payment that is missing',
    'every order has its payment',
    'lost',
    (e) => ({ ...e, payments: e.payments.slice(1) }),
  ],
  [
    'a payment that the provider does not know',
    "payments agree with the provider's book",
    'wrong',
    (e) => ({ ...e, payments: e.payments.map((p) => ({ ...p, capturedMinor: p.capturedMinor + 1 })) }),
  ],
  [
    'a lost portion',
    'on hand + reserved + consumed = initial',
    'lost',
    (e) => ({ ...e, stock: e.stock.map((s) => ({ ...s, onHand: s.onHand - 1 })) }),
  ],
  [
    'a doubled portion',
    'on hand + reserved + consumed = initial',
    'doubled',
    (e) => ({ ...e, stock: e.stock.map((s) => ({ ...s, onHand: s.onHand + 1 })) }),
  ],
  [
    'a negative level',
    'no level is negative',
    'doubled',
    (e) => ({ ...e, stock: e.stock.map((s) => ({ ...s, onHand: -1, reserved: 98 })) }),
  ],
  [
    'stock that stays reserved',
    'nothing stays reserved when every order has ended',
    'lost',
    (e) => ({ ...e, stock: e.stock.map((s) => ({ ...s, onHand: 90, reserved: 7 })) }),
  ],
  [
    'consumed, and not handed over',
    'consumed if and only if handed over',
    'wrong',
    (e) => ({ ...e, reservations: e.reservations.map((r) => ({ ...r, status: 'CONSUMED' })) }),
  ],
  [
    'more consumed than the orders took',
    'consumed is what the orders took',
    'doubled',
    (e) => ({ ...e, stock: e.stock.map((s) => ({ ...s, onHand: 96, consumed: 4 })) }),
  ],
  [
    'a ticket that was cooked twice',
    'a ticket is cooked at most once',
    'doubled',
    (e) => ({
      ...e,
      jobs: { begun: [...e.jobs.begun, { jobId: 'j2', ticketId: 't1', step: 0 }], done: ['j1', 'j2'] },
    }),
  ],
  [
    'a job without a ticket',
    'every job has its ticket',
    'lost',
    (e) => ({ ...e, tickets: e.tickets.filter(({ id }) => id !== 't1') }),
  ],
  [
    'cooked, and not paid for',
    'nothing is cooked that was not paid for',
    'wrong',
    (e) => ({ ...e, ledger: e.ledger.filter(({ reference }) => reference !== 'o1') }),
  ],
  [
    'a ticket that never ends',
    'every ticket ends',
    'lost',
    (e) => ({ ...e, tickets: e.tickets.map((t) => ({ ...t, status: 'COOKING' })) }),
  ],
  [
    'handed over without a ticket',
    'what was handed over was cooked',
    'wrong',
    (e) => ({ ...e, tickets: e.tickets.slice(1), jobs: { begun: [], done: [] } }),
  ],
  ['a message left in an outbox', 'outboxes are empty', 'lost', (e) => ({ ...e, outboxes: { orders: 1 } })],
  ['a message left in a queue', 'queues are empty', 'lost', (e) => ({ ...e, queues: { 'chaos.orders': 2 } })],
  [
    'a dead letter that is no poison',
    'only poison is dead',
    'lost',
    (e) => ({ ...e, deadLetters: [...e.deadLetters, { consumer: 'orders', messageId: 'm7', reason: 'bad luck' }] }),
  ],
  ['poison that vanished', 'poison is kept as a dead letter', 'lost', (e) => ({ ...e, deadLetters: [] })],
  [
    'a subscriber who saw an order go back',
    'subscribers see an order go forward',
    'wrong',
    (e) => ({
      ...e,
      seen: new Map([
        [
          'o1',
          [
            { version: 5, status: 'READY' },
            { version: 4, status: 'COOKING' },
          ],
        ],
      ]),
    }),
  ],
];

describe('the checker', () => {
  test('finds nothing on a quiet evening', () => {
    expect(check(quiet())).toEqual([]);
  });

  test.each(planted)('finds %s', (_what, rule, kind, plant) => {
    expect(check(plant(quiet()))).toContainEqual(expect.objectContaining({ rule, kind }));
  });
});
