import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import { Guest } from '../src/guest.ts';
import { Restaurant } from '../src/restaurant.ts';
import { Watcher } from '../src/watcher.ts';

interface OrderChange {
  ordersChanged: {
    id: string;
    status: string;
    version: number;
    timeline: { name: string }[];
    payment: { status: string } | null;
    tickets: { status: string; dishName: string; order: { id: string; status: string } }[] | null;
  };
}
interface TicketChange {
  ticketsChanged: { status: string; order: { id: string; total: { amountMinor: number } } };
}
interface Looked {
  activeTickets: object[];
  ticketHistory: { orderId: string; status: string }[];
  orderStatistics: { ready: number; revenue: { amountMinor: number } };
  stations: { history: { jobs: { ticketId: string }[] }[] }[];
  orders: { edges: { node: { timeline: { service: string; correlationId: string; traceId: string }[] } }[] };
}

const ORDERS = `subscription Orders { ordersChanged {
  id status version timeline { name } payment { status } tickets { status dishName order { id status } } } }`;
const TICKETS = 'subscription Tickets { ticketsChanged { status order { id total { amountMinor } } } }';
const LOOK = `query Look($from: DateTime!, $to: DateTime!, $id: String!) {
  activeTickets { id dishName order { status } }
  ticketHistory(from: $from, to: $to) { orderId status step { name } }
  orderStatistics { ready revenue { amountMinor } perMinute { at placed } }
  stations { id history(from: $from, to: $to) { at temperature jobs { ticketId doneness } } }
  orders(filter: { search: $id, statuses: [READY] }) {
    edges { node { timeline { name service correlationId traceId } } } } }`;

describe('staff watch the whole restaurant through the router', () => {
  let restaurant: Restaurant;
  let guest: Guest;
  let staff: Guest;
  const watchers: Watcher<unknown>[] = [];

  beforeAll(async () => {
    restaurant = await Restaurant.open({ KITCHEN_CLOCK: '60' });
    guest = await Guest.register(restaurant);
    staff = await Guest.login(restaurant, 'staff@brigade.test');
  });
  afterAll(async () => {
    for (const watcher of watchers) await watcher.close();
    await restaurant.close();
  });

  const watch = <T>(query: string): Watcher<T> => {
    const watcher = new Watcher<T>(restaurant, staff, query, {});
    watchers.push(watcher);
    return watcher;
  };

  test('each change as it comes, with what every service adds, and afterwards what there was', async () => {
    const from = new Date().toISOString();
    const orders = watch<OrderChange>(ORDERS);
    const tickets = watch<TicketChange>(TICKETS);
    const dishId = (await guest.menu()).find(({ availablePortions }) => (availablePortions ?? 0) > 100)?.id ?? '';
    const order = async () => guest.order([{ dishId, quantity: 1 }]);
    // Subscriptions are in place some time after they were asked for: orders are placed until both are heard.
    await eventually(async () => {
      await guest.cancel(await order());
      return orders.seen.length > 0 && tickets.seen.length > 0;
    });
    const id = await order();
    await orders.until(({ ordersChanged }) => ordersChanged.id === id && ordersChanged.status === 'READY');
    await tickets.until(({ ticketsChanged }) => ticketsChanged.order.id === id && ticketsChanged.status === 'READY');

    const seen = orders.seen.map(({ ordersChanged }) => ordersChanged).filter((change) => change.id === id);
    expect(seen.map(({ status }) => status)).toEqual(['PLACED', 'CONFIRMED', 'PAID', 'COOKING', 'READY']);
    for (const { version, timeline } of seen) expect(timeline).toHaveLength(version);
    expect(seen.at(-1)?.payment?.status).toBe('CAPTURED');
    expect(seen.at(-1)?.tickets).toEqual([
      { status: 'READY', dishName: expect.any(String), order: { id, status: 'READY' } },
    ]);

    const to = new Date(Date.now() + 1_000).toISOString();
    const { data, errors } = await staff.ask<Looked>(LOOK, { from, to, id });
    expect(errors).toEqual([]);
    expect(data?.ticketHistory.filter(({ orderId }) => orderId === id).map(({ status }) => status)).toEqual(
      expect.arrayContaining(['WAITING', 'COOKING', 'READY']),
    );
    expect(data?.orderStatistics.ready).toBeGreaterThanOrEqual(1);
    expect(data?.orderStatistics.revenue.amountMinor).toBeGreaterThan(0);
    expect(data?.stations.some(({ history }) => history.length > 0)).toBe(true);
    const timeline = data?.orders.edges[0]?.node.timeline ?? [];
    expect(timeline.map(({ service }) => service)).toEqual(['orders', 'inventory', 'payments', 'kitchen', 'kitchen']);
    expect(timeline[0]?.traceId).toMatch(/^[\da-f]{32}$/);
    // What the request led to is one thing, also where a timer or a device brought it about.
    expect(new Set(timeline.map(({ correlationId }) => correlationId)).size).toBe(1);
    expect(new Set(timeline.map(({ traceId }) => traceId)).size).toBe(1);
    expect([orders.errors, tickets.errors]).toEqual([[], []]);
  });
});
