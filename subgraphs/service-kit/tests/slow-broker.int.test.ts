import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderReady, type Envelope } from '@brigade/schema';
import { Broker, createMessage, startRelay, type MessageStore } from '../src/index.ts';
import { CuttableProxy } from './cuttable-proxy.ts';
import { messageStores } from './message-stores.ts';
import { eventually, serverUrl, testNamespace, testRuntime } from './test-runtime.ts';

/**
 * How long the broker takes to confirm, milliseconds. `SLOW_CONFIRM_MS=6000` runs this with the limits that services
 * have; by default everything is ten times faster, limits included.
 */
const confirmMs = Number(process.env.SLOW_CONFIRM_MS ?? 600);
const maxDrainMs = 2 * confirmMs;
const COUNT = 6;

describe.each(Object.keys(messageStores))('a broker that confirms slowly, and the outbox in %s', (name) => {
  const runtime = testRuntime('kitchen');
  const { log, metrics } = runtime;
  let proxy: CuttableProxy;
  let stores: MessageStore<unknown>[];
  let brokers: Broker[];
  const arrived: string[] = [];

  beforeAll(async () => {
    const opened = await messageStores[name]!(maxDrainMs);
    stores = opened.stores;
    runtime.stack.defer('stores', opened.close);
    proxy = await CuttableProxy.before(serverUrl('AMQP_URL'));
    runtime.stack.defer('proxy', () => proxy.close());
    const namespace = testNamespace();
    const open = (url: string) => Broker.open({ url, namespace, connectionName: 'slow', log });
    brokers = await Promise.all(stores.map(() => open(proxy.url)));
    const listener = await open(serverUrl('AMQP_URL'));
    const consumer = listener.connection.createConsumer(
      { queue: listener.topology.workQueue('orders'), queueOptions: { passive: true } },
      (delivery) => {
        arrived.push((delivery.body as Envelope).id);
      },
    );
    runtime.stack.defer('brokers', async () => {
      proxy.cut();
      await consumer.close();
      await Promise.all([listener, ...brokers].map((broker) => broker.close()));
    });
  });
  afterAll(() => runtime.stack.close());

  test('all of a subject leaves, in its order, and two relays never publish it at once', async () => {
    const [store] = stores as [MessageStore<unknown>];
    const sent = Array.from({ length: COUNT }, () => createMessage(orderReady, 'one', orderReady.example));
    await store.transaction((tx) => store.addToOutbox(tx, sent));
    proxy.delayAnswers(confirmMs);
    let publishing = 0;
    let most = 0;
    const watched = (broker: Broker): Pick<Broker, 'publishEvent'> => ({
      async publishEvent(...event) {
        most = Math.max(most, ++publishing);
        await broker.publishEvent(...event).finally(() => publishing--);
      },
    });
    const relays = stores.map((one, index) =>
      startRelay({ service: 'kitchen', store: one, broker: watched(brokers[index]!), metrics, log, intervalMs: 50 }),
    );
    try {
      await eventually(async () => (await store.outboxStats()).depth === 0, 400 * confirmMs);
    } finally {
      await Promise.all(relays.map((relay) => relay.stop()));
    }
    await eventually(() => arrived.includes(sent.at(-1)!.id));
    expect(most).toBe(1);
    const positions = arrived.map((id) => sent.findIndex((message) => message.id === id));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(new Set(positions).size).toBe(COUNT);
  });
});
