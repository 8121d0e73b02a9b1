import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dishChanged, paymentRefunded } from '@brigade/schema';
import {
  ACTOR_HEADER,
  connectRedis,
  createLogger,
  encodeCursor,
  signActor,
  type Actor,
  type Service,
} from '@brigade/service-kit';
import { createClient, type Client } from 'graphql-ws';
import type { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import WebSocket from 'ws';
import { CuttableProxy } from '../../service-kit/tests/cuttable-proxy.ts';
import { Others, ask, guest, startForTest, testEnvironment } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually, serverUrl } from '../../service-kit/tests/test-runtime.ts';
import { orders } from '../src/index.ts';

interface Change {
  version: number;
  status: string;
  cursor: string;
  timeline: { name: string }[];
}

const UPDATED = `subscription Updated($id: ID!, $after: String) {
  orderUpdated(id: $id, after: $after) { version status cursor timeline { name } } }`;
const ORDER = 'query Order($id: ID!) { order(id: $id) { version status cursor } }';
const CANCEL = 'mutation Cancel($id: ID!) { cancelOrder(id: $id) { order { version } } }';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_none, index) => from + index);

describe('orderUpdated', () => {
  let service: Service;
  let others: Others;
  let proxy: CuttableProxy;
  let redis: Redis;
  let env: ReturnType<typeof testEnvironment>;
  const clients: Client[] = [];
  const dishId = uuidv7();
  const me = guest(uuidv7());

  beforeAll(async () => {
    proxy = await CuttableProxy.before(serverUrl('REDIS_URL'));
    env = testEnvironment('orders', { MENU_URL: 'http://127.0.0.1:1/graphql', REDIS_URL: proxy.url });
    redis = await connectRedis(serverUrl('REDIS_URL'), '', createLogger('test', 'silent'));
    // Two instances: what one of them changes, the other tells its subscribers.
    service = await startForTest(orders, env, 2);
    others = await Others.join(env);
    await others.say(dishChanged, dishId, { ...dishChanged.example, dishId });
    await others.settled('orders');
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
  });
  afterAll(async () => {
    await others.leave();
    await service.stop();
    redis.disconnect();
    proxy.close();
  });

  const placed = async (): Promise<string> => {
    const input = {
      idempotencyKey: uuidv7(),
      lines: [{ dishId, quantity: 1 }],
      deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
      paymentMethodId: uuidv7(),
    };
    const { data } = await ask<{ placeOrder: { order: { id: string } } }>(
      service,
      env,
      me,
      'mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }',
      { input },
    );
    return data?.placeOrder.order.id ?? '';
  };
  const read = async (id: string) => {
    const { data } = await ask<{ order: Omit<Change, 'timeline'> }>(service, env, me, ORDER, { id });
    if (!data) throw new Error(`no order ${id}`);
    return data.order;
  };
  let refunded = 0;
  /** Something happens to an order that may happen to it as often as one likes. */
  const refund = async (orderId: string): Promise<void> => {
    const amount = { amountMinor: (refunded += 1), currency: 'EUR' as const };
    await others.say(paymentRefunded, orderId, { ...paymentRefunded.example, orderId, amount, refundedTotal: amount });
  };
  const refundUntil = async (orderId: string, version: number): Promise<void> => {
    for (let before = (await read(orderId)).version; before < version; before += 1) {
      await refund(orderId);
      await eventually(async () => (await read(orderId)).version === before + 1);
    }
  };
  const cancel = async (id: string): Promise<void> => {
    expect((await ask(service, env, me, CANCEL, { id })).errors).toEqual([]);
  };
  const watch = async (variables: { id: string; after?: string | null }, actor: Actor = me) => {
    const client = createClient({
      url: `ws://127.0.0.1:${service.port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { [ACTOR_HEADER]: await signActor(actor, env.ACTOR_SECRET ?? '') },
    });
    clients.push(client);
    const heard: Change[] = [];
    const errors: unknown[] = [];
    client.subscribe<{ orderUpdated: Change }>(
      { query: UPDATED, variables },
      {
        next(result) {
          if (result.data) heard.push(result.data.orderUpdated);
          for (const { extensions } of result.errors ?? []) errors.push(extensions?.code);
        },
        error: (error) => errors.push(error),
        complete: () => errors.push('completed'),
      },
    );
    return { heard, errors, versions: () => heard.map(({ version }) => version) };
  };
  const channelOf = (id: string) => `${env.BRIGADE_NAMESPACE}:orders:events:order:${id}`;
  const listeners = async (id: string) => (await redis.pubsub('NUMSUB', channelOf(id)))[1];
  const listening = (id: string) => eventually(async () => Number(await listeners(id)) > 0);
  /** Ends the connections on which the instances hear of changes. */
  const killSubscribers = async (): Promise<number> => {
    const lines = String(await redis.client('LIST')).split('\n');
    const hearing = lines.filter(
      (line) => line.includes(` name=${env.BRIGADE_NAMESPACE}:orders:events: `) && / sub=[1-9]/.test(line),
    );
    for (const line of hearing) await redis.client('KILL', 'ID', Number(/^id=(\d+)/.exec(line)?.[1]));
    return hearing.length;
  };

  test('from a cursor on come the changes since then, each as it was, and then what happens', async () => {
    const id = await placed();
    const first = (await read(id)).cursor;
    await refundUntil(id, 4);
    await cancel(id);
    const { heard, errors, versions } = await watch({ id, after: first });
    await eventually(() => heard.length === 4);
    expect(versions()).toEqual([2, 3, 4, 5]);
    expect(heard.map(({ status }) => status)).toEqual(['PLACED', 'PLACED', 'PLACED', 'CANCELLED']);
    expect(heard.map(({ timeline }) => timeline.length)).toEqual([2, 3, 4, 5]);
    expect(heard.at(-1)?.timeline.map(({ name }) => name)).toEqual([
      'OrderPlaced',
      'PaymentRefunded',
      'PaymentRefunded',
      'PaymentRefunded',
      'OrderCancelled',
    ]);
    const again = await watch({ id, after: heard[1]?.cursor ?? '' });
    await eventually(() => again.heard.length === 2);
    await refundUntil(id, 6);
    await eventually(() => heard.length === 5 && again.heard.length === 3);
    expect([versions(), again.versions(), errors]).toEqual([[2, 3, 4, 5, 6], [4, 5, 6], []]);
    expect(again.heard).toEqual(heard.slice(2));
    expect((await read(id)).cursor).toBe(heard.at(-1)?.cursor);
  });

  test.each<[string, (cursor: string) => { after?: string | null }]>([
    ['without a cursor', () => ({})],
    ['from null', () => ({ after: null })],
    ['from the last cursor', (cursor) => ({ after: cursor })],
  ])('%s comes what happens from now on', async (_what, afterOf) => {
    const id = await placed();
    await refundUntil(id, 3);
    const { versions } = await watch({ id, ...afterOf((await read(id)).cursor) });
    await listening(id);
    await refundUntil(id, 5);
    await eventually(() => versions().length === 2);
    expect(versions()).toEqual([4, 5]);
  });

  test.each<[string, (id: string, other: string) => string]>([
    ['is nonsense', () => 'nonsense'],
    ['is empty', () => ''],
    ['is of another order', (_id, other) => encodeCursor([other, 1])],
    ['is of the future', (id) => encodeCursor([id, 2])],
    ['is before the beginning', (id) => encodeCursor([id, 0])],
    ['lies between two changes', (id) => encodeCursor([id, 0.5])],
    ['is a number as text', (id) => encodeCursor([id, '1'])],
    ['is of a list', (id) => encodeCursor([id])],
  ])('a cursor that %s is refused', async (_what, cursorOf) => {
    const [id, other] = [await placed(), await placed()];
    const { heard, errors } = await watch({ id, after: cursorOf(id, other) });
    await eventually(() => errors.length > 0);
    expect([errors[0], heard]).toEqual(['BAD_USER_INPUT', []]);
    expect(await listeners(id)).toBe(0);
  });

  test("another guest's order is not there, whatever the cursor", async () => {
    const id = await placed();
    const { cursor } = await read(id);
    await refundUntil(id, 2);
    for (const after of [undefined, cursor, 'nonsense']) {
      const { heard, errors } = await watch({ id, ...(after && { after }) }, guest(uuidv7()));
      await eventually(() => errors.length > 0);
      expect([errors[0], heard]).toEqual(['NOT_FOUND', []]);
    }
  });

  test('when the connection to Redis is killed between two changes, neither is lost', async () => {
    const id = await placed();
    const { versions } = await watch({ id });
    await listening(id);
    await refundUntil(id, 2);
    await eventually(() => versions().length === 1);
    expect(await killSubscribers()).toBeGreaterThan(0);
    await cancel(id);
    await eventually(() => versions().length === 2);
    await listening(id);
    await refundUntil(id, 5);
    await eventually(() => versions().length === 4);
    expect(versions()).toEqual([2, 3, 4, 5]);
  });

  test('while Redis is away changes come from the store, also to who subscribes only then', async () => {
    const id = await placed();
    const before = await watch({ id });
    await listening(id);
    proxy.cut();
    try {
      await refundUntil(id, 3);
      const meanwhile = await watch({ id, after: encodeCursor([id, 1]) });
      await eventually(() => before.heard.length === 2 && meanwhile.heard.length === 2);
      await refundUntil(id, 4);
      await eventually(() => before.heard.length === 3 && meanwhile.heard.length === 3);
      proxy.restore();
      await listening(id);
      await refundUntil(id, 6);
      await eventually(() => before.heard.length === 5 && meanwhile.heard.length === 5);
      for (const { versions } of [before, meanwhile]) expect(versions()).toEqual([2, 3, 4, 5, 6]);
    } finally {
      proxy.restore();
    }
  });

  test('many who come at any time, while much happens on both instances, see no gap and nothing twice', async () => {
    const id = await placed();
    const watching: { after: number; versions: () => number[]; errors: unknown[] }[] = [];
    const changing = (async () => {
      for (let round = 0; round < 40; round += 1) {
        await refund(id);
        if (round % 10 === 5) await killSubscribers();
      }
    })();
    for (let count = 0; count < 20; count += 1) {
      const { version } = await read(id);
      const after = 1 + (count % version);
      watching.push({ after, ...(await watch({ id, after: encodeCursor([id, after]) })) });
    }
    await changing;
    await others.settled('orders');
    const { version } = await read(id);
    expect(version).toBeGreaterThan(10);
    await eventually(() => watching.every(({ after, versions }) => versions().length >= version - after));
    for (const { after, versions, errors } of watching) {
      expect([versions(), errors]).toEqual([range(after + 1, version), []]);
    }
  });
});
