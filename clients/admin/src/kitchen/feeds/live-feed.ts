import type { ApolloClient } from '@apollo/client';
import {
  KitchenDocument,
  KitchenTicketsDocument,
  KitchenReadingsDocument,
  type KitchenTicketFragment,
} from '@brigade/graphql';
import type { Subscription } from 'rxjs';
import type { KitchenStore, StationView } from '../kitchen-store.ts';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';
import { readingFrom } from '../twin/reading.ts';
import type { TicketState } from '../twin/ticket-log.ts';

/** So long after a failure the feed is opened again, milliseconds. */
const AGAIN_MS = 3_000;
/** Every now and then the whole is read again: what was missed while the socket was away comes with it. */
const REFRESH_MS = 30_000;
/** Sooner when a stream was opened: what happened between the read and its beginning nobody told. */
const AFTER_OPENING_MS = 2_000;
/** So many tickets the query asks for; when there are as many, there may be more. */
const MOST_TICKETS = 100;

/**
 * Brings the running kitchen into the twin: one read, then a stream of readings and one of tickets.
 * Past React and past the cache, which would copy every reading. @returns what ends it
 */
export function startLiveFeed(client: ApolloClient, twin: KitchenTwin, store: KitchenStore): () => void {
  const streams = new Map<string, Subscription>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  /** Tickets that the stream has spoken of since the last read was asked for: it knows better. */
  let told = new Set<string>();

  /** A stream that ends is opened again with the next look. @returns whether it was opened now */
  const follow = (name: string, open: () => Subscription): boolean => {
    if (streams.get(name)?.closed === false) return false;
    streams.set(name, open());
    return true;
  };
  const hearTicket = (ticket: KitchenTicketFragment) => {
    told.add(ticket.id);
    twin.liveTickets.add(ticketFrom(ticket, twin.playhead.present()));
  };
  const hang = (active: readonly KitchenTicketFragment[]) => {
    for (const ticket of active) {
      if (!told.has(ticket.id)) twin.liveTickets.add(ticketFrom(ticket, twin.playhead.present()));
    }
    if (active.length < MOST_TICKETS) twin.liveTickets.retain(new Set([...told, ...active.map(({ id }) => id)]));
  };
  /** @returns whether the stream of tickets was opened */
  const read = async (): Promise<boolean> => {
    told = new Set();
    const { data } = await client.query({ query: KitchenDocument, fetchPolicy: 'no-cache' });
    if (ended) return false;
    if (!data) throw new Error('the kitchen does not tell what it has');
    const known = new Map(store.getState().stations.map((station) => [station.id, station]));
    store.setState({
      load: 'ready',
      stations: data.stations.map((station) => known.get(station.id) ?? viewFrom(station)),
    });
    for (const { id, telemetry } of data.stations) {
      if (telemetry) twin.hear(id, readingFrom(telemetry));
    }
    hang(data.activeTickets);
    follow('readings', () => followReadings(client, twin));
    return follow('tickets', () => followTickets(client, hearTicket));
  };
  const look = async () => {
    let wait = REFRESH_MS;
    try {
      if (await read()) wait = AFTER_OPENING_MS;
    } catch {
      if (store.getState().load === 'loading') store.setState({ load: 'failed' });
      wait = AGAIN_MS;
    }
    if (!ended) timer = setTimeout(() => void look(), wait);
  };
  void look();
  return () => {
    ended = true;
    clearTimeout(timer);
    for (const stream of streams.values()) stream.unsubscribe();
  };
}

const quiet = {
  error: () => {
    // The next look opens it again; the banner says that the connection is away.
  },
};

/** One stream for all stations: where subscriptions go over HTTP, a browser has six connections. */
const followReadings = (client: ApolloClient, twin: KitchenTwin) =>
  client.subscribe({ query: KitchenReadingsDocument, fetchPolicy: 'no-cache' }).subscribe({
    ...quiet,
    next: ({ data }) => {
      for (const reading of data?.kitchenTelemetry ?? []) twin.hear(reading.stationId, readingFrom(reading));
    },
  });

const followTickets = (client: ApolloClient, hear: (ticket: KitchenTicketFragment) => void) =>
  client.subscribe({ query: KitchenTicketsDocument, fetchPolicy: 'no-cache', errorPolicy: 'all' }).subscribe({
    ...quiet,
    next: ({ data }) => data && hear(data.ticketsChanged),
  });

function viewFrom({ id, kind, name, capacity, faults, busy }: Omit<StationView, 'state'>): StationView {
  return { id, kind, name, capacity, state: 'OFFLINE', faults, busy };
}

function ticketFrom(ticket: KitchenTicketFragment, at: number): TicketState {
  const { id, dishName, quantity, status, station, step, order } = ticket;
  return {
    at,
    ticketId: id,
    orderId: order?.id ?? null,
    dishName,
    quantity,
    status,
    stationId: station?.id ?? null,
    step: step ?? null,
  };
}
