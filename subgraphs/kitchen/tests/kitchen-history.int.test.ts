import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecipeStep } from '@brigade/schema';
import { signActor, type Actor, type Service } from '@brigade/service-kit';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { CuttableProxy } from '../../service-kit/tests/cuttable-proxy.ts';
import { ask } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually, serverUrl } from '../../service-kit/tests/test-runtime.ts';
import { kitchen } from '../src/index.ts';
import { KitchenWorld, guest, manager } from './kitchen-world.ts';

const plate: RecipeStep = { name: 'Plate', station: 'PREP', targetCelsius: null, durationSeconds: 30 };
const bake: RecipeStep = { name: 'Bake', station: 'OVEN', targetCelsius: 230, durationSeconds: 600 };
const SECOND = 1_000;

interface Change {
  at: string;
  ticketId: string;
  dishName: string;
  status: string;
  stationId: string | null;
  step: { index: number } | null;
}
interface Reading {
  at: string;
  jobs: { ticketId: string | null }[];
}

const HISTORY = `query History($from: DateTime!, $to: DateTime!, $points: Int) {
  stations { id history(from: $from, to: $to, points: $points) { at temperature jobs { ticketId doneness } } } }`;
const CHANGES = `query Changes($from: DateTime!, $to: DateTime!, $first: Int) {
  ticketHistory(from: $from, to: $to, first: $first) {
    at ticketId orderId dishName quantity status stationId step { index count name } } }`;
const ACTIVE = '{ activeTickets { id status dishName order { id tickets { id } } } }';
const CHANGED = 'subscription { ticketsChanged { id status dishName station { id } order { id } } }';

describe('what the kitchen remembers, and shows of all its tickets', () => {
  let world: KitchenWorld;
  let second: Service;
  let proxy: CuttableProxy;
  const begun = Date.now() - SECOND;

  beforeAll(async () => {
    proxy = await CuttableProxy.before(serverUrl('REDIS_URL'));
    world = await new KitchenWorld({ KITCHEN_CLOCK: '60', TELEMETRY_INTERVAL_MS: '50', REDIS_URL: proxy.url }).open();
    // Two kitchens hear every reading, and one of them did not assign the job.
    second = await kitchen.start(world.env);
  });
  afterAll(async () => {
    await second.stop();
    await world.close();
    proxy.close();
  });

  const put = async <T>(query: string, variables: Record<string, unknown> = {}, actor: Actor = manager) =>
    ask<T>(world.kitchen, world.env, actor, query, variables);
  const window = (more: Record<string, unknown> = {}) => ({
    from: new Date(begun).toISOString(),
    to: new Date(Date.now() + SECOND).toISOString(),
    ...more,
  });
  const history = async (stationId: string, more: Record<string, unknown> = {}): Promise<Reading[]> => {
    const { data, errors } = await put<{ stations: { id: string; history: Reading[] }[] }>(HISTORY, window(more));
    expect(errors).toEqual([]);
    return data?.stations.find(({ id }) => id === stationId)?.history ?? [];
  };
  const changes = async (orderId: string): Promise<Change[]> => {
    const { data, errors } = await put<{ ticketHistory: (Change & { orderId: string })[] }>(CHANGES, window());
    expect(errors).toEqual([]);
    return (data?.ticketHistory ?? []).filter((change) => change.orderId === orderId);
  };
  const as = async (actor: Actor): Promise<Client> =>
    createClient({
      url: world.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { 'x-brigade-actor': await signActor(actor, world.env.ACTOR_SECRET ?? '') },
    });

  test('readings are kept one a second, with the tickets of what was cooking, and thinned', async () => {
    const order = world.order(await world.dish(bake));
    await world.publish(order.placed, order.captured);
    const [ticket] = await world.stand(order.orderId, 'COOKING');
    const oven = ticket?.station?.id ?? '';
    const ofTicket = (readings: Reading[]) =>
      readings.filter(({ jobs }) => jobs.some((job) => job.ticketId === ticket?.id));
    const readings = await eventually(async () => {
      const found = await history(oven, { points: 720 });
      return ofTicket(found).length >= 4 ? found : undefined;
    });
    for (const { jobs } of readings) for (const { ticketId } of jobs) expect(ticketId).toBe(ticket?.id);
    const seconds = readings.map(({ at }) => Math.floor(Date.parse(at) / SECOND));
    expect(seconds).toEqual([...new Set(seconds)].toSorted((a, b) => a - b));
    const thinned = await history(oven, { points: 2 });
    expect(thinned.length).toBeGreaterThan(0);
    expect(thinned.length).toBeLessThanOrEqual(2);
    // Live, on either kitchen, the same.
    const live = async (service: Service) => {
      const query = '{ stations { id telemetry { jobs { ticketId } } } }';
      const { data } = await ask<{ stations: { id: string; telemetry: Reading }[] }>(
        service,
        world.env,
        manager,
        query,
      );
      return data?.stations.find(({ id }) => id === oven)?.telemetry.jobs;
    };
    expect(await Promise.all([world.kitchen, second].map(live))).toEqual([
      [{ ticketId: ticket?.id }],
      [{ ticketId: ticket?.id }],
    ]);
    await world.publish(order.cancelled);
    await world.stand(order.orderId, 'CANCELLED');
  });

  const minutesFromNow = (n: number) => new Date(Date.now() + n * 60 * SECOND).toISOString();
  test.each([
    ['no points', { points: 0 }],
    ['too many points', { points: 721 }],
    ['an end before the beginning', { from: minutesFromNow(0), to: minutesFromNow(-1) }],
    ['no time at all', { from: '2026-01-01T12:00:00Z', to: '2026-01-01T12:00:00Z' }],
    ['more than an hour', { from: minutesFromNow(-61), to: minutesFromNow(0) }],
    ['a time that is none', { from: 'yesterday' }],
  ])('a history of %s is refused', async (_what, more) => {
    const { errors } = await put(HISTORY, window(more));
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test.each([
    ['no changes', { first: 0 }],
    ['too many changes', { first: 1_001 }],
    ['an end before the beginning', { from: minutesFromNow(0), to: minutesFromNow(-1) }],
  ])('a history of %s is refused for tickets, too', async (_what, more) => {
    const { errors } = await put(CHANGES, window(more));
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('staff see each change of any ticket, live and later, and which tickets are under way', async () => {
    const staff = await as(manager);
    const heard: { id: string; status: string; dishName: string; order: { id: string } }[] = [];
    const listening = (async () => {
      for await (const { data } of staff.iterate<{ ticketsChanged: (typeof heard)[number] }>({ query: CHANGED })) {
        if (data) heard.push(data.ticketsChanged);
      }
    })();
    // The subscription is in place some time after it was asked for: orders come until one is heard.
    await eventually(async () => {
      await world.publish(world.order(crypto.randomUUID()).placed);
      return heard.length > 0;
    });
    const order = world.order(await world.dish(bake, plate), await world.dish(plate));
    await world.publish(order.placed);
    await world.stand(order.orderId, 'WAITING', 'WAITING');
    const active = async () => {
      const { data } = await put<{ activeTickets: { id: string; dishName: string; order: object }[] }>(ACTIVE);
      return data?.activeTickets.filter(({ id }) => order.lines.some(({ lineId }) => lineId === id)) ?? [];
    };
    expect(await active()).toEqual([]);
    await world.publish(order.captured);
    const ids = order.lines.map(({ lineId }) => lineId);
    expect((await eventually(async () => (await active())[0])).order).toEqual({
      id: order.orderId,
      tickets: ids.map((id) => ({ id })),
    });
    await world.hears(order.orderId, 'kitchen.order-ready.v1');
    expect(await active()).toEqual([]);

    const heardOf = () => heard.filter(({ order: { id } }) => id === order.orderId);
    await eventually(() => heardOf().filter(({ status }) => status === 'READY').length === 2);
    const kept = await eventually(async () => {
      const found = await changes(order.orderId);
      return found.filter(({ status }) => status === 'READY').length === 2 ? found : undefined;
    });
    expect(new Set(heardOf().map(({ dishName }) => dishName))).toEqual(new Set([order.lines[0]?.name]));
    for (const id of ids) {
      const statuses = kept.filter(({ ticketId }) => ticketId === id).map(({ status }) => status);
      expect(statuses).toEqual(
        heardOf()
          .filter((ticket) => ticket.id === id)
          .map(({ status }) => status),
      );
      expect([statuses[0], statuses.at(-1)]).toEqual(['WAITING', 'READY']);
    }
    const cooking = kept.find(({ status, ticketId }) => status === 'COOKING' && ticketId === ids[0]);
    expect(cooking).toMatchObject({
      stationId: expect.stringMatching(/^oven-/),
      step: { index: 1, count: 2, name: 'Bake' },
    });
    const times = kept.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));

    const { data: first } = await put<{ ticketHistory: Change[] }>(CHANGES, window({ first: 1 }));
    expect(first?.ticketHistory).toHaveLength(1);
    await staff.dispose();
    await listening;
  });

  test('guests neither look back nor see the tickets of others', async () => {
    const order = world.order(await world.dish(bake));
    await world.publish(order.placed, order.captured);
    await world.stand(order.orderId, 'COOKING');
    const me = guest(order.customerId);
    expect((await put(ACTIVE, {}, me)).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await put(CHANGES, window(), me)).errors[0]?.extensions.code).toBe('FORBIDDEN');
    const ofMine = `query ($of: [_Any!]!, $from: DateTime!, $to: DateTime!) { _entities(representations: $of) { ... on Order {
      tickets { station { id history(from: $from, to: $to) { temperature } } } } } }`;
    const mine = await put(ofMine, window({ of: [{ __typename: 'Order', id: order.orderId }] }), me);
    expect(mine.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const client = await as(me);
    const refusal = await client.iterate({ query: CHANGED }).next();
    expect(refusal.value).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    await client.dispose();
  });

  test('while Redis is away the kitchen cooks on; what happens then is not remembered', async () => {
    proxy.cut();
    try {
      const order = world.order(await world.dish(plate));
      await world.publish(order.placed, order.captured);
      await world.hears(order.orderId, 'kitchen.order-ready.v1');
      expect(await changes(order.orderId)).toEqual([]);
      expect(await history('oven-1')).toEqual([]);
    } finally {
      proxy.restore();
    }
    const after = await eventually(async () => (await history('oven-1')).at(-1));
    expect(Date.parse(after.at)).toBeGreaterThan(begun);
  });
});
