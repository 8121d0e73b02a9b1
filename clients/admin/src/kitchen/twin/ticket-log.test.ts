import { describe, expect, test } from '@jest/globals';
import { TicketLog, type TicketState } from './ticket-log.ts';

const change = (at: number, ticketId: string, status: TicketState['status']): TicketState => ({
  at,
  ticketId,
  orderId: null,
  dishName: 'Margherita',
  quantity: 1,
  status,
  stationId: null,
  step: null,
});

describe('what hangs on the rail', () => {
  test('is what was told last before the moment that is shown', () => {
    const log = new TicketLog(5_000, 'the latest');
    log.add(change(2_000, 'a', 'COOKING'));
    log.add(change(1_000, 'a', 'QUEUED'));
    expect(log.at(999)).toEqual([]);
    expect(log.at(1_500).map(({ status }) => status)).toEqual(['QUEUED']);
    expect(log.at(2_500).map(({ status }) => status)).toEqual(['COOKING']);
  });

  test('a ticket that has ended lingers and is gone', () => {
    const log = new TicketLog(5_000, 'the latest');
    log.add(change(1_000, 'a', 'READY'));
    expect(log.at(2_000)).toHaveLength(1);
    expect(log.at(60_000)).toHaveLength(0);
  });

  test('a ticket that is not paid for does not hang', () => {
    const log = new TicketLog(5_000, 'the latest');
    log.add(change(1_000, 'a', 'WAITING'));
    expect(log.at(2_000)).toEqual([]);
  });

  test('a log of the present forgets what has ended and what has changed since, and never what hangs', () => {
    const log = new TicketLog(20, 'what hangs');
    log.add(change(0, 'long', 'COOKING'));
    for (let order = 1; order <= 1_000; order += 1) {
      log.add(change(order * 1_000, `ticket-${order}`, 'COOKING'));
      log.add(change(order * 1_000 + 500, `ticket-${order}`, 'READY'));
    }
    const hanging = log.at(1_000_500).map(({ ticketId }) => ticketId);
    expect(hanging).toContain('long');
    expect(hanging).toContain('ticket-1000');
    expect(log.size).toBeLessThanOrEqual(21);
  });

  test('a ticket whose end was not heard is forgotten; one that has just ended still leaves', () => {
    const log = new TicketLog(20, 'what hangs');
    log.add(change(1_000, 'cooking', 'COOKING'));
    log.add(change(1_000, 'unheard', 'QUEUED'));
    log.add(change(1_500, 'unheard', 'COOKING'));
    log.add(change(1_500, 'ready', 'COOKING'));
    log.add(change(2_000, 'ready', 'READY'));
    log.retain(new Set(['cooking']));
    expect(log.at(2_500).map(({ ticketId }) => ticketId)).toEqual(['cooking', 'ready']);
  });

  test('a log of the past forgets the oldest', () => {
    const log = new TicketLog(3, 'the latest');
    for (const at of [1, 2, 3, 4]) log.add(change(at, `ticket-${at}`, 'COOKING'));
    expect(log.at(10).map(({ ticketId }) => ticketId)).toEqual(['ticket-2', 'ticket-3', 'ticket-4']);
  });
});
