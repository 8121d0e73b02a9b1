import type { TrackedOrderFragment, TrackedTicketFragment } from '@brigade/graphql';
import { describe, expect, test } from '@jest/globals';
import { mergeProgress } from './merge-progress.ts';

const ticket = (id: string, status: TrackedTicketFragment['status']): TrackedTicketFragment => ({
  id,
  status,
  dishName: 'Soup',
  quantity: 1,
  queuedAt: null,
  startedAt: null,
  readyAt: null,
  step: null,
  station: null,
});
const order = (version: number, more: Partial<TrackedOrderFragment> = {}): TrackedOrderFragment => ({
  id: 'o',
  cursor: String(version),
  version,
  status: 'COOKING',
  reason: null,
  placedAt: '2030-01-01T12:00:00Z',
  updatedAt: '2030-01-01T12:00:00Z',
  total: { amountMinor: 890, currency: 'EUR' },
  deliveryAddress: { city: 'Bern' },
  lines: [],
  timeline: [],
  payment: { id: 'p', status: 'CAPTURED' },
  tickets: [ticket('a', 'COOKING')],
  ...more,
});

describe('the progress of an order', () => {
  test('what is first heard is what is known', () => {
    expect(mergeProgress(null, order(1))).toEqual(order(1));
  });

  test('what was heard before tells nothing new', () => {
    expect(mergeProgress(order(5), order(4))).toBeUndefined();
    expect(mergeProgress(order(5), order(5))?.version).toBe(5);
  });

  test('a service that does not answer takes nothing away', () => {
    const merged = mergeProgress(order(1), order(2, { payment: null, tickets: null }));
    expect(merged).toMatchObject({ version: 2, payment: { status: 'CAPTURED' }, tickets: [{ id: 'a' }] });
  });

  test('a ticket that has ended stays so; one that has not may go back to the queue', () => {
    const known = order(1, { tickets: [ticket('a', 'READY'), ticket('b', 'RECALLED')] });
    const heard = order(2, { tickets: [ticket('a', 'COOKING'), ticket('b', 'QUEUED')] });
    expect(mergeProgress(known, heard)?.tickets?.map(({ status }) => status)).toEqual(['READY', 'QUEUED']);
  });
});
