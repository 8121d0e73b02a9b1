import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Migration } from '@mikro-orm/migrations';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { dishChanged } from '@brigade/schema';
import {
  Broker,
  PoisonMessage,
  PostgresMessageStore,
  createMessage,
  messagingTables,
  migratePostgres,
  on,
  openMessaging,
  openPostgres,
  postgresOptions,
  type EntityManager,
  type Runtime,
} from '../src/index.ts';
import { v7 as uuidv7 } from 'uuid';
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

describe('a part of the topology that somebody deletes', () => {
  let runtime: Runtime;
  let store: PostgresMessageStore;
  let broker: Broker;
  let vandal: Broker;
  const seen: string[] = [];
  let behave: () => void = () => {};

  beforeAll(async () => {
    runtime = testRuntime('menu');
    await migratePostgres(postgresOptions('menu', config, model, runtime.log));
    store = new PostgresMessageStore(await openPostgres(runtime, config, model), 'menu');
    broker = await openMessaging(runtime, config, store, {
      consumer: 'menu',
      handlers: [
        on(dishChanged, async ({ id }, _tx: EntityManager) => {
          seen.push(id);
          behave();
        }),
      ],
    });
    vandal = await Broker.open({
      url: config.AMQP_URL,
      namespace: testNamespace(), // so that it mends nothing of this
      connectionName: 'vandal',
      log: runtime.log,
    });
  });
  afterAll(async () => {
    await vandal.close();
    await runtime.stack.close();
  });

  const work = () => broker.topology.workQueue('menu');
  const send = async () => {
    const message = createMessage(dishChanged, 'a dish', dishChanged.example);
    await store.transaction((tx) => store.addToOutbox(tx, [message]));
    return message.id;
  };
  const whole = () => eventually(async () => (await runtime.health.report()).status === 'ready');
  const isThere = (queue: string) =>
    eventually(async () => {
      const channel = await vandal.connection.acquire();
      return channel
        .queueDeclare({ queue, passive: true })
        .then(() => true)
        .catch(() => false)
        .finally(() => channel.close());
    });

  test('the work queue: it is there again, and what is sent then is handled', async () => {
    await whole();
    await vandal.connection.queueDelete({ queue: work() });
    await isThere(work());
    await whole();
    const id = await send();
    await eventually(() => seen.includes(id));
  });

  test('the exchange: what is sent meanwhile waits in the outbox, and none is lost', async () => {
    await vandal.connection.exchangeDelete({ exchange: broker.topology.events });
    const ids = [await send(), await send(), await send()];
    await eventually(() => ids.every((id) => seen.includes(id)));
    await whole();
  });

  test('every binding of a message: it waits in the outbox, and none is lost', async () => {
    const binding = { exchange: broker.topology.events, routingKey: dishChanged.name };
    const queues = (['kitchen', 'orders', 'inventory', 'menu'] as const).map(broker.topology.workQueue);
    const unbindAll = async () => {
      for (const queue of queues) await vandal.connection.queueUnbind({ ...binding, queue });
    };
    const isBound = async () => {
      // What is published here, mandatory, comes back while no queue is bound.
      const returned = await vandal.publish({ ...binding, messageId: uuidv7(), headers: {}, mandatory: true }, {}).then(
        () => false,
        () => true,
      );
      return !returned;
    };
    // While we unbind, somebody who declares may bind again.
    await eventually(async () => {
      await unbindAll();
      return !(await isBound());
    });
    const id = await send();
    await eventually(() => seen.includes(id));
  });

  test('a binding of one consumer among others: it comes back within seconds', async () => {
    const binding = { exchange: broker.topology.events, queue: work(), routingKey: dishChanged.name };
    await vandal.connection.queueUnbind(binding);
    await eventually(async () => {
      const id = await send();
      await eventually(async () => (await store.outboxStats()).depth === 0);
      return seen.includes(id);
    });
  });

  test('a delay queue and its exchange: a message that failed comes back all the same', async () => {
    const delay = broker.topology.retryExchange(250);
    let failures = 2;
    behave = () => {
      if (failures-- > 0) throw new Error('not now');
    };
    await vandal.connection.queueDelete({ queue: delay });
    const first = await send();
    await eventually(() => seen.filter((id) => id === first).length === 3);
    failures = 2;
    await vandal.connection.exchangeDelete({ exchange: delay });
    const second = await send();
    await eventually(() => seen.filter((id) => id === second).length === 3);
    behave = () => {};
    await whole();
  });

  test('the dead-letter queue: a poisonous message waits for it and is in it once', async () => {
    const dead = broker.topology.deadQueue('menu');
    behave = () => {
      throw new PoisonMessage('no use');
    };
    await vandal.connection.queueDelete({ queue: dead });
    await send();
    await isThere(dead);
    await eventually(async () => (await broker.depth(dead)) === 1);
    expect(await broker.depth(work())).toBe(0);
    behave = () => {};
  });

  test('while it can not be mended, readiness says what is wrong; then it is ready again', async () => {
    const thief = await vandal.connection.acquire();
    await thief.queueDelete({ queue: work() });
    // Another one's queue of that name: nobody else can declare or consume it.
    const stolen = await thief.queueDeclare({ queue: work(), exclusive: true }).catch(() => undefined);
    if (stolen) {
      const report = await eventually(async () => {
        const { status, dependencies } = await runtime.health.report();
        return status === 'degraded' && dependencies.consumer?.status === 'down' ? dependencies : undefined;
      });
      expect(report.consumer?.error).toBe(`nothing is consumed from ${work()}`);
      expect(report.rabbitmq?.error).toContain(work());
      await thief.queueDelete({ queue: work() });
    }
    await thief.close();
    await whole();
    const id = await send();
    await eventually(() => seen.includes(id));
  });
});
