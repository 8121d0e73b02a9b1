import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cookingStarted,
  dishChanged,
  orderReady,
  paymentCaptured,
  paymentDeclined,
  stockReserved,
} from '@brigade/schema';
import { ACTOR_HEADER, signActor, type Actor, type Service } from '@brigade/service-kit';
import { createClient } from 'graphql-ws';
import { v7 as uuidv7 } from 'uuid';
import WebSocket from 'ws';
import {
  Others,
  anonymous,
  ask,
  guest,
  startForTest,
  testEnvironment,
  withRole,
} from '../../service-kit/tests/subgraph-harness.ts';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { orders } from '../src/index.ts';

const PLACE = 'mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id placedAt } } }';
const CANCEL = 'mutation Cancel($id: ID!) { cancelOrder(id: $id) { order { id } } }';
const ORDER = 'query Order($id: ID!) { order(id: $id) { status timeline { name service correlationId traceId } } }';
const LIST = `query List($filter: OrderFilter, $status: OrderStatus, $first: Int, $after: String) {
  orders(filter: $filter, status: $status, first: $first, after: $after) {
    edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
const STATISTICS = `query Statistics($minutes: Int) { orderStatistics(minutes: $minutes) {
  from to openByStatus { status count } placed ready failed cancelled revenue { amountMinor currency }
  averageCookingSeconds perMinute { at placed ready failed } } }`;
const CHANGED = 'subscription { ordersChanged { id version status timeline { name } } }';

interface Statistics {
  from: string;
  to: string;
  openByStatus: { status: string; count: number }[];
  placed: number;
  ready: number;
  failed: number;
  cancelled: number;
  revenue: { amountMinor: number };
  averageCookingSeconds: number | null;
  perMinute: { at: string; placed: number; ready: number; failed: number }[];
}

describe('what staff see of all orders', () => {
  let service: Service;
  let others: Others;
  const env = testEnvironment('orders', { MENU_URL: 'http://127.0.0.1:1/graphql' });
  const me = guest(uuidv7());
  const staff = withRole(uuidv7(), 'STAFF');
  const dishes = { Margherita: uuidv7(), '100% Rye_Bread': uuidv7(), Soup: uuidv7() };

  beforeAll(async () => {
    service = await startForTest(orders, env);
    others = await Others.join(env);
    for (const [name, dishId] of Object.entries(dishes)) {
      const price = { amountMinor: 1_000, currency: 'EUR' } as const;
      await others.say(dishChanged, dishId, { ...dishChanged.example, dishId, name, price });
    }
    await others.settled('orders');
  });
  afterAll(async () => {
    await others.leave();
    await service.stop();
  });

  const put = async <T>(query: string, variables: Record<string, unknown> = {}, actor: Actor = staff) =>
    ask<T>(service, env, actor, query, variables);
  const place = async (dish: keyof typeof dishes = 'Soup', city = 'Paris') => {
    const input = {
      idempotencyKey: uuidv7(),
      lines: [{ dishId: dishes[dish], quantity: 1 }],
      deliveryAddress: { line1: '1 Rue de Rivoli', city, postcode: '75001' },
      paymentMethodId: uuidv7(),
    };
    const { data, errors } = await put<{ placeOrder: { order: { id: string; placedAt: string } } }>(
      PLACE,
      { input },
      me,
    );
    expect(errors).toEqual([]);
    return data?.placeOrder.order ?? { id: '', placedAt: '' };
  };
  const until = (id: string, status: string) =>
    eventually(async () => (await put<{ order: { status: string } }>(ORDER, { id })).data?.order.status === status);
  const cookUntilReady = async (id: string) => {
    const reserved = await others.say(stockReserved, id, { ...stockReserved.example, orderId: id });
    await until(id, 'CONFIRMED');
    await others.say(paymentCaptured, id, { ...paymentCaptured.example, orderId: id });
    await until(id, 'PAID');
    await others.say(cookingStarted, id, { ...cookingStarted.example, orderId: id });
    await until(id, 'COOKING');
    await others.say(orderReady, id, { orderId: id });
    await until(id, 'READY');
    return reserved;
  };
  const statistics = async (minutes?: number): Promise<Statistics> => {
    const { data, errors } = await put<{ orderStatistics: Statistics }>(STATISTICS, { minutes });
    expect(errors).toEqual([]);
    if (!data) throw new Error('no statistics');
    return data.orderStatistics;
  };

  describe('the list of orders', () => {
    const placed: Record<string, { id: string; placedAt: string }> = {};
    const find = async (filter: Record<string, unknown>, more: Record<string, unknown> = {}) => {
      const answer = await put<{ orders: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } } }>(
        LIST,
        {
          filter,
          ...more,
        },
      );
      const ids = answer.data?.orders.edges.map(({ node }) => node.id) ?? [];
      const nameOf = new Map(Object.entries(placed).map(([name, { id }]) => [id, name]));
      return { names: ids.map((id) => nameOf.get(id)), ...answer };
    };

    beforeAll(async () => {
      placed.first = await place('Margherita', 'Lyon');
      placed.second = await place('100% Rye_Bread', 'Paris');
      placed.third = await place('Soup', 'Saint-Étienne');
      await put(CANCEL, { id: placed.second.id });
    });

    test.each<[string, () => Record<string, unknown>, string[]]>([
      ['one status', () => ({ statuses: ['CANCELLED'] }), ['second']],
      ['several statuses', () => ({ statuses: ['CANCELLED', 'PLACED'] }), ['third', 'second', 'first']],
      ['no status in particular', () => ({ statuses: [] }), ['third', 'second', 'first']],
      ['nothing', () => ({}), ['third', 'second', 'first']],
      [
        'placed from a time on, which belongs to it',
        () => ({ placedFrom: placed.second?.placedAt }),
        ['third', 'second'],
      ],
      ['placed before a time, which does not', () => ({ placedTo: placed.second?.placedAt }), ['first']],
      ['no time at all', () => ({ placedFrom: placed.third?.placedAt, placedTo: placed.third?.placedAt }), []],
      ['a part of a dish, in any case', () => ({ search: 'gheRI' }), ['first']],
      ['a city', () => ({ search: ' étienne ' }), ['third']],
      ['a % that is meant', () => ({ search: '0%' }), ['second']],
      ['a _ that is meant', () => ({ search: 'e_b' }), ['second']],
      ['a % that is not there', () => ({ search: '%a%' }), []],
      ['a backslash', () => ({ search: '\\' }), []],
      ['a quote', () => ({ search: "' or 1=1 --" }), []],
      ['a whole id', () => ({ search: placed.first?.id.toUpperCase() }), ['first']],
      ['an id of none', () => ({ search: uuidv7() }), []],
      ['two things at once', () => ({ search: 'r', statuses: ['PLACED'] }), ['first']],
    ])('by %s', async (_what, filter, expected) => {
      const { names, errors } = await find(filter());
      expect(errors).toEqual([]);
      expect(names).toEqual(expected);
    });

    test('by the beginning of an id', async () => {
      // UUIDv7: the time of placing comes first.
      const beginning = placed.third?.id.slice(0, 20) ?? '';
      expect((await find({ search: beginning })).names).toContain('third');
      const sure = placed.third?.id.slice(0, 35) ?? '';
      expect((await find({ search: sure })).names).toEqual(['third']);
    });

    test('goes on page by page, and holds together with the status', async () => {
      const filter = { statuses: ['CANCELLED', 'PLACED'] };
      const page = await find(filter, { first: 2 });
      expect(page.names).toEqual(['third', 'second']);
      expect(page.data?.orders.pageInfo).toMatchObject({ hasNextPage: true });
      const after = page.data?.orders.pageInfo.endCursor;
      expect((await find(filter, { first: 2, after })).names).toEqual(['first']);
      expect((await find(filter, { status: 'CANCELLED' })).names).toEqual(['second']);
      expect((await find({ statuses: ['PLACED'] }, { status: 'CANCELLED' })).names).toEqual([]);
    });

    test.each([
      ['a search of 101 characters', { search: 'x'.repeat(101) }],
      ['a search that no database can keep', { search: 'a\0b' }],
      ['a time that is none', { placedFrom: 'yesterday' }],
      ['a status that is none', { statuses: ['EATEN'] }],
    ])('refuses %s', async (_what, filter) => {
      expect((await find(filter)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    });
  });

  test('the statistics count what became of orders, minute by minute', async () => {
    const before = await statistics(1_440);
    const [ready, declined, cancelled] = [await place(), await place(), await place('Margherita')];
    await cookUntilReady(ready.id);
    await others.say(paymentDeclined, declined.id, { ...paymentDeclined.example, orderId: declined.id });
    await until(declined.id, 'REJECTED');
    await put(CANCEL, { id: cancelled.id });
    const after = await statistics(1_440);
    const grown = (pick: (of: Statistics) => number) => pick(after) - pick(before);
    const count = (status: string) => (of: Statistics) =>
      of.openByStatus.find((open) => open.status === status)?.count ?? 0;
    expect(grown(({ placed }) => placed)).toBe(3);
    expect(grown(({ ready: became }) => became)).toBe(1);
    expect(grown(({ failed }) => failed)).toBe(1);
    expect(grown((of) => of.cancelled)).toBe(1);
    expect(grown(({ revenue }) => revenue.amountMinor)).toBe(1_000);
    expect(grown(count('READY'))).toBe(1);
    expect(grown(count('PLACED'))).toBe(0);
    expect(after.openByStatus.map(({ status }) => status)).toEqual(['PLACED', 'CONFIRMED', 'PAID', 'COOKING', 'READY']);
    expect(after.averageCookingSeconds).toBeGreaterThan(0);
    expect(after.averageCookingSeconds).toBeLessThan(60);
    expect(after.perMinute).toHaveLength(1_440);
    for (const name of ['placed', 'ready', 'failed'] as const) {
      expect(after.perMinute.reduce((sum, minute) => sum + minute[name], 0)).toBe(after[name]);
    }
    const minutes = after.perMinute.map(({ at }) => Date.parse(at));
    expect(minutes.every((minute, index) => index === 0 || minute === (minutes[index - 1] ?? 0) + 60_000)).toBe(true);
    expect([minutes[0], minutes.at(-1)]).toEqual([
      Date.parse(after.from),
      Math.floor(Date.parse(after.to) / 60_000) * 60_000,
    ]);
    expect((await statistics()).perMinute).toHaveLength(60);
  });

  test.each([0, -1, 1_441])('statistics of %d minutes are refused', async (minutes) => {
    expect((await put(STATISTICS, { minutes })).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('the timeline says who brought each thing about, for what, and in which trace', async () => {
    const { id } = await place();
    const reserved = await cookUntilReady(id);
    const { data } = await put<{ order: { timeline: { name: string; correlationId: string; traceId: string }[] } }>(
      ORDER,
      { id },
      me,
    );
    const timeline = data?.order.timeline ?? [];
    expect(timeline.map((entry) => [entry.name, (entry as unknown as { service: string }).service])).toEqual([
      ['OrderPlaced', 'orders'],
      ['StockReserved', 'inventory'],
      ['PaymentCaptured', 'payments'],
      ['CookingStarted', 'kitchen'],
      ['OrderReady', 'kitchen'],
    ]);
    expect(timeline[1]?.correlationId).toBe(reserved.correlationId);
    for (const { traceId } of timeline) expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(timeline.map(({ traceId }) => traceId)).size).toBe(5);
  });

  test('staff hear of each change of any order, with its timeline', async () => {
    const client = await as(staff);
    const heard: { id: string; version: number; status: string; timeline: { name: string }[] }[] = [];
    const listening = (async () => {
      for await (const { data } of client.iterate<{ ordersChanged: (typeof heard)[number] }>({ query: CHANGED })) {
        if (data) heard.push(data.ordersChanged);
      }
    })();
    // The subscription is in place some time after it was asked for: orders are placed until one is heard of.
    await eventually(async () => {
      await place();
      return heard.length > 0;
    });
    const { id } = await place();
    await cookUntilReady(id);
    const ofOrder = () => heard.filter((order) => order.id === id);
    await eventually(() => ofOrder().length === 5);
    expect(ofOrder().map(({ status }) => status)).toEqual(['PLACED', 'CONFIRMED', 'PAID', 'COOKING', 'READY']);
    for (const { version, timeline } of ofOrder()) expect(timeline).toHaveLength(version);
    await client.dispose();
    await listening;
  });

  const as = async (actor: Actor) =>
    createClient({
      url: `ws://127.0.0.1:${service.port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { [ACTOR_HEADER]: await signActor(actor, env.ACTOR_SECRET ?? '') },
    });

  test.each<[string, Actor, string]>([
    ['a guest', me, 'FORBIDDEN'],
    ['nobody', anonymous, 'UNAUTHENTICATED'],
  ])('%s sees nothing of this', async (_who, actor, code) => {
    for (const query of ['{ orders(filter: { search: "a" }) { edges { cursor } } }', STATISTICS]) {
      expect((await put(query, {}, actor)).errors[0]?.extensions.code).toBe(code);
    }
    const client = await as(actor);
    const refusal = await client.iterate({ query: CHANGED }).next();
    expect(refusal.value).toMatchObject({ errors: [{ extensions: { code } }] });
    await client.dispose();
  });
});
