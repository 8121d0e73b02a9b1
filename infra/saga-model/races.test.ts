import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { decide, take, type OrderCommand, type OrderReport } from '../../subgraphs/orders/src/order/decide.ts';
import {
  endStatuses,
  evolve,
  openStatuses,
  type Order,
  type OrderStatus,
} from '../../subgraphs/orders/src/order/order.ts';

const money = { amountMinor: 1_000, currency: 'EUR' } as const;
const columns: Readonly<Record<string, OrderCommand | OrderReport>> = {
  cancel: { do: 'cancel', cancelledBy: 'guest', reason: 'changed my mind' },
  complete: { do: 'complete', completedBy: 'staff' },
  deadline: { do: 'expire' },
  'stock reserved': { type: 'StockReserved', expiresAt: '' },
  'stock rejected': { type: 'StockRejected', reason: '' },
  'reservation expired': { type: 'ReservationExpired' },
  captured: { type: 'PaymentCaptured', paymentId: '', amount: money },
  declined: { type: 'PaymentDeclined', paymentId: '', reason: '' },
  'cooking started': { type: 'CookingStarted', ticketId: '' },
  'cooking failed': { type: 'CookingFailed', reason: '' },
  ready: { type: 'OrderReady' },
};

const inStatus = (status: OrderStatus): Order =>
  ({ status, reason: '', facts: new Set(), refundedMinor: 0 }) as unknown as Order;

function resultOf(status: OrderStatus, given: OrderCommand | OrderReport): string {
  const order = inStatus(status);
  try {
    const events = 'do' in given ? decide(given, order) : take(given, order);
    const after = events.reduce(evolve, order).status;
    return after === status ? '·' : after;
  } catch (error) {
    if ((error as { code?: string }).code) return 'refused';
    throw error;
  }
}

test('the table of the README is what the code does', async () => {
  const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8');
  const rows = readme
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const expected = [
    ['', ...Object.keys(columns)],
    ...[...openStatuses, ...endStatuses].map((status) => [
      status,
      ...Object.values(columns).map((given) => resultOf(status, given)),
    ]),
  ];
  for (const row of expected) expect(rows).toContainEqual(row);
});
