import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cookingStarted,
  dishChanged,
  orderCancelled,
  orderCompleted,
  orderFailed,
  orderPlaced,
  orderReady,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  stockReserved,
} from '@brigade/schema';
import { ACTOR_HEADER, connectRedis, createLogger, signActor, type Actor, type Service } from '@brigade/service-kit';
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
import { eventually, serverUrl } from '../../service-kit/tests/test-runtime.ts';
import { orders } from '../src/index.ts';

interface OrderData {
  id: string;
  status: string;
  total: { amountMinor: number };
}

const PLACE = `mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id status total { amountMinor currency } } } }`;
const ORDER =
  'query Order($id: ID!) { order(id: $id) { id status reason version timeline { name status detail at } } }';

describe('orders', () => {
  let service: Service;
  let others: Others;
  let menu: Server;
  let lookUps = 0;
  let env: ReturnType<typeof testEnvironment>;
  const userId = uuidv7();
  const dishId = uuidv7();
  const unheardDishId = uuidv7();
  const staff = withRole(uuidv7(), 'STAFF');

  beforeAll(async () => {
    // The menu's GraphQL endpoint: knows one dish of which no message told.
    menu = createServer((req, res) => {
      lookUps += 1;
      let body = '';
      req.on('data', (chunk) => (body += chunk));
      req.on('end', () => {
        const { variables } = JSON.parse(body) as { variables: { id: string } };
        const dish = {
          id: unheardDishId,
          revision: 1,
          name: 'Soup',
          price: { amountMinor: 650, currency: 'EUR' },
          available: true,
        };
        res.end(JSON.stringify({ data: { dish: variables.id === unheardDishId ? dish : null } }));
      });
    });
    await new Promise<void>((resolve) => menu.listen(0, '127.0.0.1', resolve));
    const menuUrl = `http://127.0.0.1:${(menu.address() as AddressInfo).port}/graphql`;
    env = testEnvironment('orders', { MENU_URL: menuUrl, ORDER_DEADLINE_CONFIRMED: '0.3' });
    service = await startForTest(orders, env);
    others = await Others.join(env);
    await others.say(dishChanged, dishId, { ...dishChanged.example, dishId });
    await others.settled('orders');
  });
  afterAll(async () => {
    await others.leave();
    await service.stop();
    menu.close();
  });

  const input = (more: Record<string, unknown> = {}) => ({
    idempotencyKey: uuidv7(),
    lines: [{ dishId, quantity: 2 }],
    deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
    paymentMethodId: uuidv7(),
    ...more,
  });
  const place = (given: unknown, actor: Actor = guest(userId)) =>
    ask<{ placeOrder: { order: OrderData } }>(service, env, actor, PLACE, { input: given });
  const placed = async () => {
    const { data, errors } = await place(input());
    expect(errors).toEqual([]);
    return data?.placeOrder.order.id ?? '';
  };
  const read = async (id: string, actor: Actor = guest(userId)) =>
    ask<{ order: { status: string; reason: string; version: number; timeline: { name: string; status: string }[] } }>(
      service,
      env,
      actor,
      ORDER,
      { id },
    );
  const untilStatus = (id: string, status: string) =>
    eventually(async () => {
      const { data } = await read(id);
      return data?.order.status === status ? data.order : undefined;
    });
  const countOrders = async () => {
    const { data } = await ask<{ orders: { edges: unknown[] } }>(
      service,
      env,
      staff,
      '{ orders(first: 100) { edges { cursor } } }',
    );
    return data?.orders.edges.length;
  };

  test('places an order at the price of the menu and tells the others', async () => {
    const { data, errors } = await place(input());
    expect(errors).toEqual([]);
    expect(data?.placeOrder.order).toMatchObject({ status: 'PLACED', total: { amountMinor: 2_300 } });
    const message = await others.hear(orderPlaced, data?.placeOrder.order.id ?? '');
    expect(message.payload).toMatchObject({ customerId: userId, total: { amountMinor: 2_300 } });
  });

  test('the same key and body is the same order, also at the same time; another body is a conflict', async () => {
    const once = input();
    const answers = await Promise.all([place(once), place(once), place(once)]);
    answers.push(await place(once));
    const ids = answers.map(({ data }) => data?.placeOrder.order.id);
    expect(new Set(ids).size).toBe(1);
    await others.hear(orderPlaced, ids[0] ?? '');
    expect(others.all(orderPlaced, ids[0] ?? '')).toHaveLength(1);
    const other = await place({ ...once, lines: [{ dishId, quantity: 3 }] });
    expect(other.errors[0]?.extensions.code).toBe('IDEMPOTENCY_CONFLICT');
    const stranger = await place(once, guest(uuidv7()));
    expect(stranger.data?.placeOrder.order.id).not.toBe(ids[0]);
  });

  test.each([
    ['a quantity of 0', { lines: [{ dishId, quantity: 0 }] }, 'BAD_USER_INPUT'],
    ['a quantity of -1', { lines: [{ dishId, quantity: -1 }] }, 'BAD_USER_INPUT'],
    ['a quantity of 21', { lines: [{ dishId, quantity: 21 }] }, 'BAD_USER_INPUT'],
    ['half a portion', { lines: [{ dishId, quantity: 0.5 }] }, 'BAD_USER_INPUT'],
    ['no lines', { lines: [] }, 'BAD_USER_INPUT'],
    ['an unknown dish', { lines: [{ dishId: uuidv7(), quantity: 1 }] }, 'DISH_UNAVAILABLE'],
    ['a dish id that is none', { lines: [{ dishId: "' or 1=1", quantity: 1 }] }, 'BAD_USER_INPUT'],
    ["a client's price", { lines: [{ dishId, quantity: 1, price: { amountMinor: 1 } }] }, 'BAD_USER_INPUT'],
    ['an object where a string belongs', { idempotencyKey: { $gt: '' } }, 'BAD_USER_INPUT'],
    ['an empty key', { idempotencyKey: '' }, 'BAD_USER_INPUT'],
    ['an empty address', { deliveryAddress: { line1: ' ', city: 'Paris', postcode: '75001' } }, 'BAD_USER_INPUT'],
    [
      'an address that no database can keep',
      { deliveryAddress: { line1: 'a\0b', city: 'Paris', postcode: '1' } },
      'BAD_USER_INPUT',
    ],
    ['a key that no database can keep', { idempotencyKey: 'a\0b' }, 'BAD_USER_INPUT'],
    ['no payment method', { paymentMethodId: 'card' }, 'BAD_USER_INPUT'],
  ])('refuses %s, and stores nothing', async (_title, more, code) => {
    const before = await countOrders();
    const { errors } = await place(input(more));
    expect(errors[0]?.extensions.code).toBe(code);
    expect(await countOrders()).toBe(before);
  });

  test('an order that costs more than an amount may be is refused', async () => {
    const dearId = uuidv7();
    const price = { amountMinor: 100_000_000, currency: 'EUR' } as const;
    await others.say(dishChanged, dearId, { ...dishChanged.example, dishId: dearId, price });
    await others.settled('orders');
    const lines = Array.from({ length: 2 }, () => ({ dishId: dearId, quantity: 20 }));
    const code = async () => (await place(input({ lines }))).errors[0]?.extensions.code;
    await eventually(async () => (await code()) === 'BAD_USER_INPUT');
  });

  test('an id or a cursor that is none is refused, not an error of ours, and spoils nothing beside it', async () => {
    const cursor = Buffer.from('["nonsense"]').toString('base64url');
    const listed = await ask(service, env, staff, 'query($c: String) { orders(after: $c) { edges { cursor } } }', {
      c: cursor,
    });
    expect(listed.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const id = await placed();
    const { data, errors } = await ask<{ _entities: ({ status: string } | null)[] }>(
      service,
      env,
      guest(userId),
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { status } } }',
      { r: ['nonsense', id].map((orderId) => ({ __typename: 'Order', id: orderId })) },
    );
    expect(errors).toEqual([]);
    expect(data?._entities).toEqual([null, { status: 'PLACED' }]);
  });

  test('nobody who is not logged in places or reads', async () => {
    expect((await place(input(), anonymous)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await read(uuidv7(), anonymous)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('a dish of which no message told is looked up once', async () => {
    const before = lookUps;
    const lines = [{ dishId: unheardDishId, quantity: 1 }];
    expect((await place(input({ lines }))).data?.placeOrder.order.total.amountMinor).toBe(650);
    expect((await place(input({ lines }))).errors).toEqual([]);
    expect(lookUps).toBe(before + 1);
  });

  test('a price change holds for later orders, not for earlier ones, and an older message does not undo it', async () => {
    const pricedId = uuidv7();
    const say = (revision: number, amountMinor: number) =>
      others.say(dishChanged, pricedId, {
        ...dishChanged.example,
        dishId: pricedId,
        revision,
        price: { amountMinor, currency: 'EUR' },
      });
    await say(2, 900);
    await say(1, 100);
    await others.settled('orders');
    const lines = [{ dishId: pricedId, quantity: 1 }];
    await eventually(async () => (await place(input({ lines }))).data?.placeOrder.order.total.amountMinor === 900);
  });

  test('goes the whole way, and its timeline tells', async () => {
    const orderId = await placed();
    await others.say(stockReserved, orderId, { orderId, expiresAt: new Date().toISOString() });
    await others.say(paymentCaptured, orderId, { ...paymentCaptured.example, orderId });
    await untilStatus(orderId, 'PAID');
    await others.say(cookingStarted, orderId, { orderId, ticketId: uuidv7() });
    await untilStatus(orderId, 'COOKING');
    const message = await others.say(orderReady, orderId, { orderId });
    await others.repeat(message);
    const order = await untilStatus(orderId, 'READY');
    await others.settled('orders');
    const { order: told } = (await read(orderId)).data ?? { order };
    const names = told.timeline.map(({ name }) => name);
    // Two instances may take in two messages of one order in either order.
    expect(names.slice(0, 3).toSorted()).toEqual(['OrderPlaced', 'PaymentCaptured', 'StockReserved']);
    expect(names.slice(3)).toEqual(['CookingStarted', 'OrderReady']);
    const done = await ask(service, env, staff, 'mutation($id: ID!) { completeOrder(id: $id) { order { status } } }', {
      id: orderId,
    });
    expect(done.errors).toEqual([]);
    await others.hear(orderCompleted, orderId);
  });

  test('another guest can neither see nor cancel it; staff can', async () => {
    const id = await placed();
    const cancel = (actor: Actor) =>
      ask<{ cancelOrder: { order: OrderData } }>(
        service,
        env,
        actor,
        'mutation Cancel($id: ID!) { cancelOrder(id: $id) { order { id status } } }',
        { id },
      );
    expect((await read(id, guest(uuidv7()))).errors[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await cancel(guest(uuidv7()))).errors[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await read(id, staff)).data?.order.status).toBe('PLACED');
    expect((await cancel(guest(userId))).data?.cancelOrder.order.status).toBe('CANCELLED');
    expect((await cancel(guest(userId))).data?.cancelOrder.order.status).toBe('CANCELLED');
    await others.hear(orderCancelled, id);
    await others.say(paymentDeclined, id, { ...paymentDeclined.example, orderId: id });
    await others.settled('orders');
    expect((await read(id)).data?.order.status).toBe('CANCELLED');
  });

  test('an order that makes no progress fails at its deadline, and the others hear of it', async () => {
    const orderId = await placed();
    await others.say(stockReserved, orderId, { orderId, expiresAt: new Date().toISOString() });
    expect((await others.hear(orderFailed, orderId)).payload.reason).toContain('DEADLINE_EXCEEDED');
    await untilStatus(orderId, 'FAILED');
  });

  test('a report about an order that was never placed becomes a dead letter in the end, not a lost message', async () => {
    const orderId = uuidv7();
    const env2 = testEnvironment('orders', { MESSAGE_ATTEMPTS: '2' });
    const second = await startForTest(orders, env2);
    const others2 = await Others.join(env2);
    await others2.say(orderReady, orderId, { orderId });
    await eventually(async () => (await others2.dead('orders')) === 1);
    await others2.leave();
    await second.stop();
  });

  test('the read models built anew from the events are identical', async () => {
    const written: string[] = [];
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = ((text: string) => written.push(text) > 0) as never;
    try {
      await orders.commands?.rebuild?.(env, []);
    } finally {
      process.stdout.write = write;
    }
    expect(written.join('')).toMatch(/rebuilt \d+ orders .*identical to/);
    expect((await read(await placed())).data?.order.version).toBe(1);
  });

  test('every update that a subscriber hears has the timeline of that moment', async () => {
    const orderId = await placed();
    const client = createClient({
      url: `ws://127.0.0.1:${service.port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { [ACTOR_HEADER]: await signActor(guest(userId), env.ACTOR_SECRET ?? '') },
    });
    const heard: { version: number; timeline: unknown[] }[] = [];
    const updates = client.iterate<{ orderUpdated: { version: number; timeline: unknown[] } }>({
      query: 'subscription($id: ID!) { orderUpdated(id: $id) { version timeline { name } } }',
      variables: { id: orderId },
    });
    const listening = (async () => {
      for await (const { data } of updates) if (data) heard.push(data.orderUpdated);
    })();
    let refunds = 0;
    // The subscription is in place some time after it was asked for: something happens until two changes were heard.
    await eventually(async () => {
      const amount = { amountMinor: (refunds += 1), currency: 'EUR' as const };
      await others.say(paymentRefunded, orderId, {
        ...paymentRefunded.example,
        orderId,
        amount,
        refundedTotal: amount,
      });
      return heard.length >= 2;
    });
    for (const { version, timeline } of heard) expect(timeline.length).toBe(version);
    await client.dispose();
    await listening;
  });

  test("a subscriber hears each change of their own order, and nobody else's", async () => {
    const orderId = await placed();
    const open = async (actor: Actor) =>
      createClient({
        url: `ws://127.0.0.1:${service.port}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { [ACTOR_HEADER]: await signActor(actor, env.ACTOR_SECRET ?? '') },
      });
    const query = 'subscription($id: ID!) { orderUpdated(id: $id) { id status timeline { name } } }';
    const stranger = await open(guest(uuidv7()));
    const refused = await stranger.iterate({ query, variables: { id: orderId } }).next();
    expect(refused.value).toMatchObject({ errors: [{ message: expect.stringContaining('There is no order') }] });
    await stranger.dispose();

    const client = await open(guest(userId));
    const updates = client.iterate<{ orderUpdated: { status: string } }>({ query, variables: { id: orderId } });
    const first = updates.next();
    // The subscription is in place some time after it was asked for: Redis tells when somebody listens.
    const redis = await connectRedis(serverUrl('REDIS_URL'), '', createLogger('test', 'silent'));
    const channel = `${env.BRIGADE_NAMESPACE}:orders:events:order:${orderId}`;
    await eventually(async () => (await redis.pubsub('NUMSUB', channel))[1] === 1);
    redis.disconnect();
    const cancel = 'mutation($id: ID!) { cancelOrder(id: $id) { order { id } } }';
    expect((await ask(service, env, guest(userId), cancel, { id: orderId })).errors).toEqual([]);
    expect((await first).value?.data?.orderUpdated.status).toBe('CANCELLED');
    await client.dispose();
  });
});
