import { expect, test } from '@jest/globals';
import { momentFrom, replayOf } from './moment.ts';

const NOW = Date.parse('2026-01-01T12:00:00.000Z');
const from = (address: string) => momentFrom(new URLSearchParams(address), NOW);

test.each([
  ['at=2026-01-01T11:30:00.000Z&rate=10', { at: NOW - 1_800_000, rate: 10 }],
  ['at=2026-01-01T11:30:00.000Z', { at: NOW - 1_800_000, rate: 1 }],
  ['at=2026-01-01T10:30:00.000Z', undefined],
  ['at=2026-01-01T12:30:00.000Z', undefined],
  ['at=2026-01-01T11:30:00.000Z&rate=-1', undefined],
  ['at=yesterday', undefined],
  ['', undefined],
])('?%s', (address, moment) => {
  expect(from(address)).toEqual(moment);
});

test('the replay of an order leads to when it was placed', () => {
  const address = replayOf({ id: 'order-1', placedAt: '2026-01-01T11:59:00.000Z' });
  expect(from(address.split('?')[1] ?? '')).toEqual({ at: NOW - 60_000, rate: 10 });
});
