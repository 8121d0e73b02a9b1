import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { routing } from '@brigade/schema';
import {
  Broker,
  connectPostgres,
  createLogger,
  type HealthReport,
  type PostgresOrm,
  type Service,
} from '@brigade/service-kit';
import { inventory } from '@brigade/inventory';
import { menu } from '@brigade/menu';
import { orders } from '@brigade/orders';
import { platform } from '@brigade/platform';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import {
  ask,
  guest,
  startForTest,
  testEnvironment,
  withRole,
} from '../../../subgraphs/service-kit/tests/subgraph-harness.ts';
import { eventually, serverUrl } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import { openBudget } from '../src/budget.ts';
import { Random } from '../src/random.ts';
import { BrokerWorld } from './broker-world.ts';
import { poison, type Poison } from './poison.ts';

/** Within so long everything is as it was, milliseconds, whatever happened to the broker. */
const RECOVERED_WITHIN_MS = 60_000;
const log = createLogger('fuzz', 'silent');
const NoEntity = defineEntity({ name: 'NoEntity', properties: { id: p.integer().primary() } });
const PLACE = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
const LETTERS =
  'query ($after: String) { deadLetters(first: 100, after: $after, status: null) { edges { node { messageId reason deaths } } pageInfo { hasNextPage endCursor } } }';
const READABLE = /^[^\p{Cc}]([^\p{Cc}]|[\t\n\r])*$/u;

interface Letter {
  messageId: string;
  reason: string;
  deaths: number;
}

/**
 * Real services (menu, inventory, orders, platform) at a broker of their own, to which random things are done while
 * orders are placed. `FUZZ_SEED` repeats a run, `FUZZ_MS` makes it longer.
 */
test(
  'whatever is done to the broker, readiness tells the truth, everything recovers and nothing is lost or doubled',
  async () => {
    const budget = openBudget(20_000);
    const { seed } = budget;
    const random = new Random(seed);
    const counts = new Map<string, number>();
    const poisoned = new Map<string, Poison>();
    try {
      while (budget.hasTime()) {
        const name = random.pick(Object.keys(faults));
        counts.set(name, (counts.get(name) ?? 0) + 1);
        const { destroys } = faults[name]!;
        const meanwhile = place(random.between(1, 4));
        await faults[name]!.inject(random, poisoned);
        const placed = [...(await meanwhile), ...(await place(random.between(0, 3)))];
        await ready();
        // What a queue held, and what was sent while it was gone, its deletion has destroyed: nothing is promised for that.
        if (!destroys) await confirmed(placed);
        // Ready means that messages flow: these are placed after it was said.
        await confirmed(await place(2));
        await outboxesEmpty();
        await buried(poisoned);
      }
      expect(await doubledReservations()).toEqual([]);
    } finally {
      console.log(
        `broker fuzz: FUZZ_SEED=${seed}, ${placedInAll} orders, ${poisoned.size} poisons, rounds: ${JSON.stringify(Object.fromEntries(counts))}`,
      );
    }
  },
  24 * 3_600_000,
);

interface Fault {
  /** Whether it takes messages with it. */
  destroys?: boolean;
  inject(random: Random, poisoned: Map<string, Poison>): Promise<void>;
}

const consumers = ['menu', 'inventory', 'orders'] as const;
const delays = [250, 1_000, 2_000];

const faults: Readonly<Record<string, Fault>> = {
  'delete a work queue': {
    destroys: true,
    inject: (random) => world.deleteQueue(topology.workQueue(random.pick(consumers))),
  },
  'delete a dead-letter queue': { inject: (random) => world.deleteQueue(topology.deadQueue(random.pick(consumers))) },
  'delete a delay queue': { inject: (random) => world.deleteQueue(topology.retryExchange(random.pick(delays))) },
  'delete the exchange': { inject: () => world.deleteExchange(topology.events) },
  'delete a delay exchange': { inject: (random) => world.deleteExchange(topology.retryExchange(random.pick(delays))) },
  'delete a binding': {
    destroys: true,
    async inject(random) {
      const consumer = random.pick(consumers);
      const { name } = random.pick<{ name: string }>(routing[consumer]);
      await world.deleteBinding(topology.events, topology.workQueue(consumer), name);
      // No service can see that it is gone: it is put back within ten seconds, and only then does the promise hold.
      await eventually(async () => {
        const path = `bindings/%2F/e/${topology.events}/q/${topology.workQueue(consumer)}`;
        const bindings = await world.api<{ routing_key: string }[]>('GET', path);
        return bindings?.some(({ routing_key: key }) => key === name);
      }, 20_000);
    },
  },
  'delete everything': {
    destroys: true,
    async inject() {
      for (const consumer of consumers) await world.deleteQueue(topology.workQueue(consumer));
      await world.deleteExchange(topology.events);
      for (const delay of delays) await world.deleteExchange(topology.retryExchange(delay));
    },
  },
  'close every connection': { inject: async () => void (await world.closeConnections(() => true)) },
  'close some connections': {
    inject: async (random) => void (await world.closeConnections(() => random.next() < 0.5)),
  },
  'an alarm': {
    async inject(random) {
      const of = random.pick(['disk', 'memory'] as const);
      await world.alarm(of, true);
      try {
        const kept = place(1);
        await eventually(async () => {
          const { status, dependencies } = await healthOf(services.orders!);
          return status !== 'ready' && dependencies.rabbitmq?.error?.includes('takes no messages');
        }, RECOVERED_WITHIN_MS);
        await kept;
      } finally {
        await world.alarm(of, false);
      }
    },
  },
  poison: {
    async inject(random, poisoned) {
      for (let count = random.between(1, 12); count > 0; count -= 1) {
        const one = poison(random);
        const messageId = uuidv7();
        const { shape: _shape, body, ...envelope } = one;
        const queue = topology.workQueue(random.pick(consumers));
        await publisher.send({ exchange: '', routingKey: queue, messageId, durable: true, ...envelope }, body);
        poisoned.set(messageId, one);
      }
    },
  },
};

async function healthOf(service: Service): Promise<HealthReport> {
  return (await fetch(`http://127.0.0.1:${service.port}/health/ready`)).json() as Promise<HealthReport>;
}

async function ready(): Promise<void> {
  let last: unknown;
  await eventually(async () => {
    const reports = await Promise.all(Object.values(services).map(healthOf));
    last = reports;
    // What is not ready says why.
    for (const { dependencies } of reports)
      for (const { status, error } of Object.values(dependencies)) if (status === 'down') expect(error).toBeTruthy();
    return reports.every(({ status }) => status === 'ready');
  }, RECOVERED_WITHIN_MS).catch(() => {
    throw new Error(`not ready again: ${JSON.stringify(last)}`);
  });
}

let placedInAll = 0;
const everConfirmed: string[] = [];

async function place(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const input = {
      idempotencyKey: uuidv7(),
      lines: [{ dishId, quantity: 1 }],
      deliveryAddress: { line1: '1 Rue', city: 'Paris', postcode: '75001' },
      paymentMethodId: uuidv7(),
    };
    const { data, errors } = await ask<{ placeOrder: { order: { id: string } } }>(
      services.orders!,
      env,
      customer,
      PLACE,
      { input },
    );
    expect(errors).toEqual([]);
    ids.push(data!.placeOrder.order.id);
    placedInAll += 1;
  }
  return ids;
}

async function confirmed(ids: readonly string[]): Promise<void> {
  const read = async () => {
    const found = await Promise.all(
      ids.map((id) =>
        ask<{ order: { id: string; status: string } }>(
          services.orders!,
          env,
          customer,
          'query ($id: ID!) { order(id: $id) { id status } }',
          { id },
        ),
      ),
    );
    return found.map(({ data }) => data?.order);
  };
  await eventually(
    async () => (await read()).every((order) => order?.status === 'CONFIRMED'),
    RECOVERED_WITHIN_MS,
  ).catch(async () => {
    throw new Error(`a message is lost: ${JSON.stringify(await read())}`);
  });
  everConfirmed.push(...ids);
}

async function outboxesEmpty(): Promise<void> {
  for (const orm of databases)
    await eventually(async () => {
      const [row] = await orm.em.fork().execute<{ depth: string }[]>('select count(*) as depth from outbox');
      return Number(row?.depth) === 0;
    }, RECOVERED_WITHIN_MS);
}

async function letters(): Promise<Letter[]> {
  const found: Letter[] = [];
  for (let after: string | null = null; ;) {
    const { data }: Awaited<ReturnType<typeof ask<Page>>> = await ask<Page>(services.platform!, env, admin, LETTERS, {
      after,
    });
    found.push(...data!.deadLetters.edges.map(({ node }) => node));
    if (!data!.deadLetters.pageInfo.hasNextPage) return found;
    after = data!.deadLetters.pageInfo.endCursor;
  }
}
interface Page {
  deadLetters: { edges: { node: Letter }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

/** Every poison is one dead letter, nothing else is any, and each tells a person why. */
async function buried(poisoned: ReadonlyMap<string, Poison>): Promise<void> {
  await eventually(async () => {
    const ids = new Set((await letters()).map(({ messageId }) => messageId));
    return [...poisoned.keys()].every((id) => ids.has(id));
  }, RECOVERED_WITHIN_MS).catch(async () => {
    const ids = new Set((await letters()).map(({ messageId }) => messageId));
    const missing = [...poisoned].filter(([id]) => !ids.has(id)).map(([, { shape, headers }]) => ({ shape, headers }));
    throw new Error(`no dead letter: ${JSON.stringify(missing)}`);
  });
  for (const { messageId, reason, deaths } of await letters()) {
    const shape = poisoned.get(messageId)?.shape ?? 'no poison';
    expect({ shape, deaths, reason }).toEqual({
      shape: expect.not.stringMatching('no poison'),
      deaths: 1,
      reason: expect.stringMatching(READABLE),
    });
    expect(reason).toMatch(/^PoisonMessage: (not a message|no handler|\S+ breaks its contract)/);
  }
}

/** Orders for which stock was set aside more than once, and ingredients of which more is held than orders hold. */
async function doubledReservations(): Promise<unknown[]> {
  const orm = databases[1]!;
  return orm.em.fork().execute(`
    select i.id, i.reserved, coalesce(sum(need.quantity), 0) as held
    from ingredients i
    left join reservations r on r.status = 'HELD'
    left join lateral jsonb_to_recordset(r.needs) as need("ingredientId" uuid, quantity bigint) on need."ingredientId" = i.id
    group by i.id having i.reserved <> coalesce(sum(need.quantity), 0)`);
}

let world: BrokerWorld;
let env: ReturnType<typeof testEnvironment> & { ACTOR_SECRET: string };
let topology: Broker['topology'];
let tester: Broker;
let publisher: ReturnType<Broker['connection']['createPublisher']>;
let databases: PostgresOrm[] = [];
let dishId: string;
const services: Record<string, Service> = {};
const customer = guest(uuidv7());
const admin = withRole(uuidv7(), 'ADMIN');

beforeAll(async () => {
  world = await BrokerWorld.start();
  env = testEnvironment('menu', {
    AMQP_URL: world.url,
    ORDERS_PORT: '0',
    INVENTORY_PORT: '0',
    PLATFORM_PORT: '0',
    RESERVATION_TTL: '86400',
    ORDER_DEADLINE_PLACED: '86400',
    ORDER_DEADLINE_CONFIRMED: '86400',
  }) as typeof env;
  services.menu = await startForTest(menu, env, 1);
  env = { ...env, MENU_URL: `http://127.0.0.1:${services.menu.port}/graphql` };
  for (const definition of [inventory, orders, platform])
    services[definition.name] = await startForTest(definition, env, 1);
  tester = await Broker.open({ url: world.url, namespace: env.BRIGADE_NAMESPACE!, connectionName: 'tester', log });
  topology = tester.topology;
  // It is the services who have to mend: the test only looks and publishes.
  tester.topologyKeeper.close();
  publisher = tester.connection.createPublisher({ confirm: true, maxAttempts: 5 });
  databases = await Promise.all(
    ['orders', 'inventory'].map((name) =>
      connectPostgres({
        url: serverUrl('POSTGRES_URL'),
        database: `${env.BRIGADE_NAMESPACE}_${name}`,
        entities: [NoEntity],
        migrations: [],
        log,
      }),
    ),
  );
  await databases[1]!.em.fork().execute('update ingredients set on_hand = 1000000000');
  const { data } = await ask<{ dishes: { edges: { node: { id: string } }[] } }>(
    services.menu,
    env,
    admin,
    '{ dishes(first: 1) { edges { node { id } } } }',
  );
  dishId = data!.dishes.edges[0]!.node.id;
});

afterAll(async () => {
  await publisher?.close().catch(() => {});
  await tester?.close();
  for (const service of Object.values(services)) await service.stop();
  for (const orm of databases) await orm.close(true);
  await world?.stop();
});
