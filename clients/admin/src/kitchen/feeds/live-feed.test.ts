import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import type { TicketStatus } from '@brigade/graphql';
import { Observable, Subject } from 'rxjs';
import { createKitchenStore } from '../kitchen-store.ts';
import { KitchenTwin } from '../twin/kitchen-twin.ts';
import { Playhead } from '../twin/playhead.ts';
import { startLiveFeed } from './live-feed.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const ticket = (id: string, status: TicketStatus) => ({
  __typename: 'Ticket' as const,
  id,
  dishName: 'Margherita',
  quantity: 1,
  status,
  station: null,
  step: null,
  order: null,
});
type Told = ReturnType<typeof ticket>;

/** A kitchen that is read when the test says so. */
function setUp() {
  const reads: Subject<ApolloLink.Result>[] = [];
  const streams: Subject<ApolloLink.Result>[] = [];
  const link = new ApolloLink(({ operationName }) => {
    const answer = new Subject<ApolloLink.Result>();
    if (operationName === 'KitchenReadings') return new Observable();
    (operationName === 'Kitchen' ? reads : streams).push(answer);
    return answer;
  });
  const client = new ApolloClient({
    link,
    cache: new InMemoryCache(),
    defaultOptions: { watchQuery: { errorPolicy: 'all' }, query: { errorPolicy: 'all' } },
  });
  const twin = new KitchenTwin(new Playhead(() => Date.now()));
  const stop = startLiveFeed(client, twin, createKitchenStore());
  return {
    reads,
    streams,
    stop,
    async read(...activeTickets: Told[]) {
      const asked = reads.at(-1);
      asked?.next({ data: { stations: [], activeTickets } });
      asked?.complete();
      await jest.advanceTimersByTimeAsync(0);
    },
    async tell(ticketsChanged: Told) {
      streams.at(-1)?.next({ data: { ticketsChanged } });
      await jest.advanceTimersByTimeAsync(0);
    },
    hanging: () => twin.liveTickets.at(Date.now()).map(({ ticketId, status }) => `${ticketId} ${status}`),
  };
}

describe('the tickets of the running kitchen', () => {
  test('one that ended between the read and the stream is gone with the next read, which comes soon', async () => {
    const { reads, read, hanging, stop } = setUp();
    await read(ticket('a', 'COOKING'), ticket('b', 'QUEUED'));
    expect(hanging()).toEqual(['a COOKING', 'b QUEUED']);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(reads).toHaveLength(2);
    await read(ticket('b', 'COOKING'));
    expect(hanging()).toEqual(['b COOKING']);
    stop();
  });

  test('what the stream said while a read was under way is newer than the read', async () => {
    const { reads, streams, read, tell, hanging, stop } = setUp();
    await read(ticket('a', 'COOKING'));
    expect(streams).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(reads).toHaveLength(2);
    await tell(ticket('a', 'READY'));
    await tell(ticket('new', 'QUEUED'));
    await read(ticket('a', 'COOKING'));
    expect(hanging()).toEqual(['a READY', 'new QUEUED']);
    stop();
  });

  test('a list that was cut short says nothing of who is not in it', async () => {
    const { read, tell, hanging, stop } = setUp();
    await read();
    await tell(ticket('late', 'QUEUED'));
    await jest.advanceTimersByTimeAsync(2_000);
    await read(...Array.from({ length: 100 }, (_nothing, index) => ticket(`early-${index}`, 'QUEUED')));
    expect(hanging()).toContain('late QUEUED');
    stop();
  });
});
