import { ok } from 'node:assert';
import { routing, type Consumer as ConsumerName, type Envelope, type MessageDefinition } from '@brigade/schema';
import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Consumer } from 'rabbitmq-client';
import {
  ACTOR_HEADER,
  Broker,
  connectPostgres,
  createLogger,
  createMessage,
  signActor,
  type Actor,
  type Environment,
  type PostgresOrm,
  type Service,
  type ServiceDefinition,
} from '../src/index.ts';
import { eventually, serverUrl, testNamespace } from './test-runtime.ts';

const log = createLogger('test', 'silent');

/** The environment of a subgraph under test: the run's servers, a namespace of its own, any free port. */
export function testEnvironment(name: string, more: Environment = {}): Record<string, string | undefined> {
  return {
    BRIGADE_NAMESPACE: testNamespace(),
    POSTGRES_URL: serverUrl('POSTGRES_URL'),
    MONGODB_URI: serverUrl('MONGODB_URI'),
    REDIS_URL: serverUrl('REDIS_URL'),
    AMQP_URL: serverUrl('AMQP_URL'),
    ACTOR_SECRET: 'a secret of the tests, at least 32 characters',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    [`${name.toUpperCase()}_PORT`]: '0',
    ...more,
  };
}

/** `INSTANCES=2` runs every suite on so many instances of the service side by side (`npm run test:two`). */
const instances = Math.max(1, Number(process.env.INSTANCES ?? 1));

export async function startForTest(
  definition: ServiceDefinition,
  env: Environment,
  count = instances,
): Promise<Service> {
  await definition.migrate?.(env);
  await definition.seed?.(env);
  return startInstances(definition, env, count);
}

/** Instances of one service that share everything but their process: each request goes to the next one. */
export async function startInstances(
  definition: ServiceDefinition,
  env: Environment,
  count = instances,
): Promise<Service> {
  const services = await Promise.all(Array.from({ length: count }, () => definition.start(env)));
  let asked = 0;
  return {
    name: definition.name,
    get port() {
      asked += 1;
      return services[asked % count]?.port ?? 0;
    },
    stop: async () => void (await Promise.all(services.map((service) => service.stop()))),
  };
}

export interface Answer<T> {
  status: number;
  data: T | null | undefined;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> & { code: string } }[];
}

export const guest = (userId: string): Actor => ({ kind: 'user', userId, roles: ['GUEST'] });
export const withRole = (userId: string, role: 'STAFF' | 'MANAGER' | 'ADMIN'): Actor => ({
  kind: 'user',
  userId,
  roles: [role],
});
export const anonymous: Actor = { kind: 'anonymous' };

/** Asks a subgraph over HTTP as some actor, the way the router does. */
export async function ask<T = Record<string, never>>(
  service: Service,
  env: Environment,
  actor: Actor,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answer<T>> {
  ok(env.ACTOR_SECRET);
  const response = await fetch(`http://127.0.0.1:${service.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [ACTOR_HEADER]: await signActor(actor, env.ACTOR_SECRET) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await response.json()) as Partial<Answer<T>>;
  return { status: response.status, data, errors };
}

/** The ORM wants an entity; the harness asks in SQL. */
const NoEntity = defineEntity({ name: 'NoEntity', properties: { id: p.integer().primary() } });

/** The other services, as a test plays them: says messages, and hears everything that is said. */
export class Others {
  readonly heard: Envelope[] = [];
  private readonly said: Envelope[] = [];
  private readonly databases = new Map<ConsumerName, Promise<PostgresOrm>>();
  private consumer: Consumer | undefined;

  private constructor(private readonly broker: Broker) {}

  static async join(env: Environment): Promise<Others> {
    ok(env.AMQP_URL && env.BRIGADE_NAMESPACE);
    const broker = await Broker.open({
      url: env.AMQP_URL,
      namespace: env.BRIGADE_NAMESPACE,
      connectionName: 'others',
      log,
    });
    const others = new Others(broker);
    const queue = `${env.BRIGADE_NAMESPACE}.others`;
    others.consumer = broker.connection.createConsumer(
      {
        queue,
        queueOptions: { exclusive: true, autoDelete: true },
        queueBindings: [{ exchange: broker.topology.events, queue, routingKey: '#' }],
      },
      (delivery) => void others.heard.push(delivery.body as Envelope),
    );
    // A message that arrives while they leave finds its channel closed; without a listener that would end the process.
    others.consumer.on('error', (error) => log.warn({ err: error }, 'others: consumer interrupted'));
    await new Promise<void>((resolve) => others.consumer?.once('ready', resolve));
    return others;
  }

  async say<P>(definition: MessageDefinition<P>, subject: string, payload: P): Promise<Envelope<P>> {
    const message = createMessage(definition, subject, payload);
    await this.broker.publishEvent(message);
    this.said.push(message);
    return message;
  }

  /** Says a message that was said before once more, id and all. */
  async repeat(message: Envelope): Promise<void> {
    await this.broker.publishEvent(message);
  }

  /** Waits for a message about a subject. */
  async hear<P>(definition: MessageDefinition<P>, subject: string): Promise<Envelope<P>> {
    return (await eventually(() => this.all(definition, subject)[0])) as Envelope<P>;
  }

  all<P>(definition: MessageDefinition<P>, subject: string): Envelope<P>[] {
    return this.heard.filter(
      (message) => message.name === definition.name && message.subject === subject,
    ) as Envelope<P>[];
  }

  /** Waits until a subgraph has committed the effect of all that was said so far and that it hears: see its inbox. */
  async settled(consumer: ConsumerName): Promise<void> {
    const hears = new Set<string>(routing[consumer].map(({ name }) => name));
    const ids = this.said.filter(({ name }) => hears.has(name)).map(({ id }) => id);
    const em = (await this.#database(consumer)).em.fork();
    await eventually(async () => {
      const [row] = await em.execute<{ accepted: string }[]>(
        'select count(*) as accepted from inbox where message_id = any(?::uuid[])',
        [`{${ids.join(',')}}`],
      );
      return Number(row?.accepted) === ids.length;
    });
  }

  async dead(consumer: string): Promise<number> {
    return this.broker.depth(this.broker.topology.deadQueue(consumer));
  }

  async leave(): Promise<void> {
    await this.consumer?.close();
    await this.broker.close();
    await Promise.all([...this.databases.values()].map(async (orm) => (await orm).close(true)));
  }

  #database(consumer: ConsumerName): Promise<PostgresOrm> {
    const known = this.databases.get(consumer);
    if (known) return known;
    const opened = connectPostgres({
      url: serverUrl('POSTGRES_URL'),
      database: `${this.broker.namespace}_${consumer}`,
      entities: [NoEntity],
      migrations: [],
      log,
    });
    this.databases.set(consumer, opened);
    return opened;
  }
}
