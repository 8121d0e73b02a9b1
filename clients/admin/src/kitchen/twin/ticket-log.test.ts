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
    const log = new TicketLog();
    log.add(change(2_000, 'a', 'COOKING'));
    log.add(change(1_000, 'a', 'QUEUED'));
    expect(log.at(999)).toEqual([]);
    expect(log.at(1_500).map(({ status }) => status)).toEqual(['QUEUED']);
    expect(log.at(2_500).map(({ status }) => status)).toEqual(['COOKING']);
  });

  test('a ticket that has ended lingers and is gone', () => {
    const log = new TicketLog();
    log.add(change(1_000, 'a', 'READY'));
    expect(log.at(2_000)).toHaveLength(1);
    expect(log.at(60_000)).toHaveLength(0);
  });

  test('a ticket that is not paid for does not hang', () => {
    const log = new TicketLog();
    log.add(change(1_000, 'a', 'WAITING'));
    expect(log.at(2_000)).toEqual([]);
  });
});
