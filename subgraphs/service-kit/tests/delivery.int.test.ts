import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Migration } from '@mikro-orm/migrations';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { dishChanged, messages, routing, type Envelope } from '@brigade/schema';
import {
  Broker,
  DependencyUnavailable,
  PoisonMessage,
  PostgresMessageStore,
  UnroutableMessage,
  clearFailpoints,
  createMessage,
  messagingTables,
  migratePostgres,
  on,
  openMessaging,
  openPostgres,
  postgresOptions,
  setFailpoint,
  withRawBodies,
  type EntityManager,
  type Runtime,
} from '../src/index.ts';
import { CuttableProxy } from './cuttable-proxy.ts';
import { eventually, serverUrl, testNamespace, testRuntime } from './test-runtime.ts';

class Messaging extends Migration {
  override up(): void {
    for (const statement of messagingTables) this.addSql(statement);
  }
}
const Unused = defineEntity({ name: 'Unused', properties: { id: p.integer().primary() } });
const model = { entities: [Unused], migrations: [Messaging] };

const config = {
  POSTGRES_URL: serverUrl('POSTGRES_URL'),
  POSTGRES_POOL: 5,
  BRIGADE_NAMESPACE: testNamespace(),
  AMQP_URL: serverUrl('AMQP_URL'),
  CONSUMER_CONCURRENCY: 8,
  MESSAGE_ATTEMPTS: 3,
};

describe('delivery from outbox to inbox over RabbitMQ', () => {
  let runtime: Runtime;
  let store: PostgresMessageStore;
  let broker: Broker;
  const seen: Envelope[] = [];
  const givenUp: string[] = [];
  let giveUpFails = false;
  let behave: (message: Envelope, tx: EntityManager) => Promise<void> = async () => {};

  beforeAll(async () => {
    runtime = testRuntime('menu');
    await migratePostgres(postgresOptions('menu', config, model, runtime.log));
    store = new PostgresMessageStore(await openPostgres(runtime, config, model), 'menu');
    broker = await openMessaging(runtime, config, store, {
      consumer: 'menu',
      handlers: [
        on(
          dishChanged,
          async (message, tx: EntityManager) => {
            seen.push(message);
            await behave(message, tx);
          },
          async (message) => {
            givenUp.push(message.id);
            if (giveUpFails) throw new Error('nor that');
          },
        ),
      ],
    });
  });
  afterAll(() => runtime.stack.close());
  afterEach(() => {
    clearFailpoints();
    seen.length = 0;
    behave = async () => {};
  });

  const dish = (subject: string) => createMessage(dishChanged, subject, dishChanged.example);
  const send = (...sent: Envelope[]) => store.transaction((tx) => store.addToOutbox(tx, sent));

  let rawConnection: Awaited<ReturnType<Broker['connection']['acquire']>>;
  beforeAll(async () => {
    rawConnection = await withRawBodies(broker.connection).acquire();
  });

  const nextDeadLetter = () =>
    eventually(() => broker.connection.basicGet({ queue: broker.topology.deadQueue('menu'), noAck: true }));

  test('a committed message is handled, with its correlation and trace', async () => {
    const message = dish('one');
    await send(message);
    await eventually(() => seen.length === 1);
    expect(seen[0]).toEqual(message);
    expect(await eventually(async () => (await store.outboxStats()).depth === 0)).toBe(true);
  });

  test('messages of one subject are handled one after the other, in order', async () => {
    let inside = 0;
    let most = 0;
    behave = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    const sent = Array.from({ length: 25 }, () => dish('same'));
    await send(...sent);
    await eventually(() => seen.length === sent.length);
    expect(seen.map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
    expect(most).toBe(1);
  });

  test('a message that is published twice has its effect once', async () => {
    const [twice, after] = [dish('twice'), dish('twice')];
    await broker.publishEvent(twice);
    await broker.publishEvent(twice);
    await broker.publishEvent(after);
    await eventually(() => seen.some(({ id }) => id === after.id));
    expect(seen.filter(({ id }) => id === twice.id)).toHaveLength(1);
  });

  test('a crash between effect and acknowledgement does not double the effect', async () => {
    setFailpoint('consumer.before-ack', { do: 'fail', message: 'gone' }, { times: 1 });
    const [redelivered, after] = [dish('ack'), dish('ack')];
    await send(redelivered, after);
    await eventually(() => seen.some(({ id }) => id === after.id));
    expect(seen.filter(({ id }) => id === redelivered.id)).toHaveLength(1);
  });

  test('a relay that dies after the confirm sends again, and the effect still happens once', async () => {
    setFailpoint('outbox.after-confirm', { do: 'fail', message: 'gone' }, { times: 1 });
    const [again, after] = [dish('relay'), dish('relay')];
    await send(again, after);
    await eventually(() => seen.some(({ id }) => id === after.id));
    expect(seen.map(({ id }) => id)).toEqual([again.id, after.id]);
  });

  test.each([
    ['outbox.before-publish', 'drop'],
    ['outbox.before-publish', 'duplicate'],
    ['outbox.after-publish', 'fail'],
    ['outbox.after-confirm', 'drop'],
    ['outbox.after-mark', 'fail'],
    ['consumer.on-delivery', 'drop'],
    ['consumer.on-delivery', 'duplicate'],
    ['consumer.after-effect', 'fail'],
    ['consumer.after-commit', 'fail'],
    ['consumer.before-ack', 'drop'],
  ] as const)('%s: %s, and the effect happens once', async (point, action) => {
    setFailpoint(point, action === 'fail' ? { do: 'fail', message: 'gone' } : { do: action }, { times: 1 });
    const [hit, after] = [dish(point), dish(point)];
    const effects: string[] = [];
    behave = async ({ id }, tx) => {
      store.afterCommit(tx, () => effects.push(id));
    };
    await send(hit, after);
    await eventually(() => effects.includes(hit.id) && effects.includes(after.id));
    await eventually(async () => (await store.outboxStats()).depth === 0);
    expect(effects.toSorted()).toEqual([hit.id, after.id].toSorted());
  });

  test('while something that handling needs is away, a message waits and nothing is counted against it', async () => {
    let probes = 0;
    let away = true;
    runtime.health.add('something', async () => {
      probes += 1;
      if (away) throw new Error('away');
    });
    behave = async () => {
      if (away) throw new Error('the database does not answer');
    };
    const message = dish('outage');
    await send(message);
    await eventually(() => probes > config.MESSAGE_ATTEMPTS + 2);
    away = false;
    await eventually(async () => (await store.outboxStats()).depth === 0 && seen.length === 2);
    expect(await broker.depth(broker.topology.deadQueue('menu'))).toBe(0);
  });

  test('a message whose handling needs a service that is away never becomes a dead letter for it', async () => {
    let failures = config.MESSAGE_ATTEMPTS;
    behave = async () => {
      if (failures-- > 0) throw new DependencyUnavailable('the menu does not answer');
    };
    await send(dish('look-up'));
    await eventually(() => seen.length === config.MESSAGE_ATTEMPTS + 1);
    expect(await broker.depth(broker.topology.deadQueue('menu'))).toBe(0);
  });

  test('a handler that fails is tried again after a pause', async () => {
    let failures = 2;
    behave = async () => {
      if (failures-- > 0) throw new Error('not now');
    };
    await send(dish('retry'));
    await eventually(() => seen.length === 3);
  });

  test('after the last attempt a message becomes a dead letter with reason, stack, attempts and times', async () => {
    behave = async () => {
      throw new Error('never');
    };
    const message = dish('dead');
    await send(message);
    const dead = await nextDeadLetter();
    expect(dead.body).toEqual(message);
    expect(dead.messageId).toBe(message.id);
    expect(dead.headers).toMatchObject({ 'x-attempts': 3, 'x-reason': 'Error: never' });
    expect(dead.headers).toMatchObject({ 'x-queue': broker.topology.workQueue('menu') });
    expect(dead.headers?.['x-stack']).toContain('delivery.int.test');
    expect(Date.parse(dead.headers?.['x-last-failed-at'])).toBeGreaterThan(
      Date.parse(dead.headers?.['x-first-failed-at']),
    );
    expect(seen).toHaveLength(3);
    expect(givenUp).toEqual([message.id]);
  });

  test('a handler that fails even at giving up does not keep a message from the dead letters', async () => {
    giveUpFails = true;
    behave = async () => {
      throw new PoisonMessage('no');
    };
    const message = dish('hopeless');
    await send(message);
    expect((await nextDeadLetter()).messageId).toBe(message.id);
    expect(givenUp).toContain(message.id);
    giveUpFails = false;
  });

  test.each([
    ['is not an envelope', { hello: 'there' }, 'not a message envelope'],
    ['breaks its contract', { ...dish('x'), payload: { dishId: 7 } }, 'breaks its contract'],
    ['is unknown here', { ...dish('x'), name: 'menu.dish-painted.v1' }, 'no handler'],
  ])('a message that %s is dead at once, with the reason', async (_title, body, reason) => {
    await broker.connection
      .createPublisher({ confirm: true })
      .send({ exchange: broker.topology.events, routingKey: dishChanged.name }, body);
    const dead = await nextDeadLetter();
    expect(dead.headers?.['x-reason']).toContain(reason);
    expect(dead.headers?.['x-attempts']).toBe(1);
    expect(seen).toHaveLength(0);
  });

  const rawPoison: [string, Buffer, Record<string, unknown>, string][] = [
    [
      '20,000 nested [',
      Buffer.from('['.repeat(20_000)),
      {},
      'PoisonMessage: not a message: nested deeper than 64 levels',
    ],
    ['no JSON', Buffer.from('hello'), {}, 'PoisonMessage: not a message: not JSON: 5 bytes'],
    ['no JSON that calls itself text', Buffer.from('hello'), { contentType: 'text/plain' }, 'not JSON: 5 bytes'],
    ['nothing', Buffer.alloc(0), {}, 'not JSON: it is empty'],
    ['no UTF-8', Buffer.from([0xff, 0x00, 0xfe]), {}, 'not UTF-8'],
    ['too large', Buffer.alloc(3_000_000, ' '), {}, '3000000 bytes, of 2097152 at most'],
    ['compressed', Buffer.from('{}'), { contentEncoding: 'gzip' }, 'its encoding is "gzip"'],
    ['text with NUL', Buffer.from(JSON.stringify({ ...dish('a'), subject: 'a\0' })), {}, 'without control characters'],
    [
      'of forged headers',
      Buffer.from('x'),
      { headers: { 'x-attempts': -1e9, 'x-first-failed-at': 'never', 'x-death': [null] } },
      'not JSON',
    ],
  ];
  test.each(rawPoison)(
    'a message that is %s is dead at once, byte by byte, with a readable reason',
    async (_title, body, envelope, reason) => {
      await broker.connection
        .createPublisher({ confirm: true })
        .send(
          { exchange: '', routingKey: broker.topology.workQueue('menu'), contentType: 'application/json', ...envelope },
          body,
        );
      const dead = await eventually(() =>
        rawConnection.basicGet({ queue: broker.topology.deadQueue('menu'), noAck: true }),
      );
      expect(dead.headers?.['x-reason']).toContain(reason);
      expect(dead.headers?.['x-attempts']).toBe(1);
      expect((dead.body as Buffer).equals(body)).toBe(true);
      expect(await broker.depth(broker.topology.workQueue('menu'))).toBe(0);
    },
  );

  test('a handler can declare a message poison', async () => {
    behave = async () => {
      throw new PoisonMessage('no use');
    };
    await send(dish('poison'));
    const dead = await nextDeadLetter();
    expect(dead.headers).toMatchObject({ 'x-attempts': 1, 'x-reason': 'PoisonMessage: no use' });
  });

  test('an unroutable message that someone must hear is an error, not a success', async () => {
    const lone = await Broker.open({
      url: config.AMQP_URL,
      namespace: testNamespace(),
      connectionName: 'lone',
      log: runtime.log,
    });
    for (const consumer of Object.keys(routing)) {
      await lone.connection.queueDelete({ queue: lone.topology.workQueue(consumer) });
    }
    await expect(lone.publishEvent(dish('unheard'))).rejects.toThrow(UnroutableMessage);
    await lone.close();
  });

  test('news that nobody listens to leaves the outbox all the same', async () => {
    const news = messages.find(({ name }) => name === 'identity.user-registered.v1');
    await send(createMessage(news as never, 'nobody', news?.example as never));
    await eventually(async () => (await store.outboxStats()).depth === 0);
  });

  test('a broken connection is mended and nothing is lost', async () => {
    const sent = Array.from({ length: 40 }, (_, n) => dish(`subject ${n}`));
    behave = async () => {
      if (seen.length === 5) (broker.connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
    };
    await send(...sent);
    await eventually(() => new Set(seen.map(({ id }) => id)).size === sent.length);
  });

  test('a broker that reads nothing any more, as when its memory is full, does not keep a service from ending', async () => {
    const proxy = await CuttableProxy.before(config.AMQP_URL);
    const held = await Broker.open({
      url: proxy.url,
      namespace: testNamespace(),
      connectionName: 'held',
      log: runtime.log,
    });
    await held.publish({ exchange: '', routingKey: '', messageId: '1', headers: {}, mandatory: false }, {});
    proxy.hold();
    await held.close();
    proxy.close();
  });
});
