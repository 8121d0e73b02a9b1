import { ok } from 'node:assert';
import { dishChanged, type Envelope } from '@brigade/schema';
import {
  PostgresMessageStore,
  createMessage,
  messagingTables,
  migratePostgres,
  on,
  openMessaging,
  openPostgres,
  postgresOptions,
  type Broker,
  type EntityManager,
  type PostgresOrm,
  type Runtime,
  type Service,
} from '@brigade/service-kit';
import { Migration } from '@mikro-orm/migrations';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { ask, startForTest, testEnvironment, withRole, type Answer } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually, testRuntime } from '../../service-kit/tests/test-runtime.ts';
import { platform } from '../src/index.ts';

class Effects extends Migration {
  override up(): void {
    for (const statement of messagingTables) this.addSql(statement);
    this.addSql('create table effects (message_id uuid not null, revision int not null)');
  }
}
const NoEntity = defineEntity({ name: 'NoEntity', properties: { id: p.integer().primary() } });
const model = { entities: [NoEntity], migrations: [Effects] };

export interface Letter {
  id: string;
  status: string;
  consumer: string;
  queue: string;
  messageId: string;
  messageName: string;
  subject: string | null;
  order: { id: string } | null;
  payload: string | null;
  body: string;
  readable: boolean;
  contentType: string | null;
  reason: string;
  stack: string | null;
  attempts: number;
  deaths: number;
  firstFailedAt: string | null;
  lastFailedAt: string | null;
  actions: { kind: string; who: string; at: string; why: string; before: string | null; after: string | null }[];
}

export const FIELDS = `id status consumer queue messageId messageName subject order { id } payload body readable
  contentType reason stack attempts deaths firstFailedAt lastFailedAt actions { kind who at why before after }`;

/** Platform, and beside it a real consumer (in menu's place) whose handler can be made to fail. */
export class DeadLetterWorld {
  readonly managerId = uuidv7();
  readonly manager = withRole(this.managerId, 'MANAGER');
  /** What the consumer's handler does before its effect. */
  behave: (message: Envelope) => void = () => {};
  service: Service | undefined;

  private constructor(
    readonly env: ReturnType<typeof testEnvironment>,
    readonly consumer: Runtime,
    readonly broker: Broker,
    private readonly orm: PostgresOrm,
  ) {}

  static async open(more: Record<string, string> = {}): Promise<DeadLetterWorld> {
    const env = testEnvironment('platform', more);
    ok(env.POSTGRES_URL && env.AMQP_URL && env.BRIGADE_NAMESPACE);
    const config = {
      POSTGRES_URL: env.POSTGRES_URL,
      POSTGRES_POOL: 5,
      BRIGADE_NAMESPACE: env.BRIGADE_NAMESPACE,
      AMQP_URL: env.AMQP_URL,
      CONSUMER_CONCURRENCY: 4,
      MESSAGE_ATTEMPTS: 2,
    };
    const consumer = testRuntime('menu');
    await migratePostgres(postgresOptions('menu', config, model, consumer.log));
    const orm = await openPostgres(consumer, config, model);
    const store = new PostgresMessageStore(orm, 'menu');
    const handle = async (message: Envelope<{ revision: number }>, tx: EntityManager) => {
      world.behave(message);
      await tx.execute('insert into effects values (?, ?)', [message.id, message.payload.revision]);
    };
    const broker = await openMessaging(consumer, config, store, {
      consumer: 'menu',
      handlers: [on(dishChanged, handle)],
    });
    const world = new DeadLetterWorld(env, consumer, broker, orm);
    return world;
  }

  async startPlatform(): Promise<void> {
    this.service = await startForTest(platform, this.env);
  }

  async close(): Promise<void> {
    await this.service?.stop();
    await this.consumer.stack.close();
  }

  ask<T>(query: string, variables: Record<string, unknown> = {}, actor = this.manager): Promise<Answer<T>> {
    ok(this.service);
    return ask<T>(this.service, this.env, actor, query, variables);
  }

  /** A message for the consumer; `payload` may break the contract. */
  message(payload: object = {}): Envelope {
    return {
      ...createMessage(dishChanged, uuidv7(), dishChanged.example),
      payload: { ...dishChanged.example, ...payload },
    };
  }

  send(message: Envelope): Promise<void> {
    return this.broker.publishToQueue(
      this.broker.topology.workQueue('menu'),
      { messageId: message.id, type: message.name },
      message,
    );
  }

  /** The revisions that the consumer wrote for a message: one for each time that its effect happened. */
  async effects(message: Envelope): Promise<number[]> {
    const rows = await this.orm.em
      .fork()
      .execute<{ revision: number }[]>('select revision from effects where message_id = ?', [message.id]);
    return rows.map(({ revision }) => revision);
  }

  async find(id: string): Promise<Letter> {
    const { data } = await this.ask<{ deadLetter: Letter }>(`query($id: ID!) { deadLetter(id: $id) { ${FIELDS} } }`, {
      id,
    });
    ok(data?.deadLetter);
    return data.deadLetter;
  }

  /** All dead letters, the newest 100 of them. */
  async letters(fields = FIELDS): Promise<Letter[]> {
    const { data } = await this.ask<{ deadLetters: { edges: { node: Letter }[] } }>(
      `{ deadLetters(first: 100, status: null) { edges { node { ${fields} } } } }`,
    );
    return data?.deadLetters.edges.map(({ node }) => node) ?? [];
  }

  /** The dead letter of a message, once it is there and as wanted. */
  letter(messageId: string, wanted: (letter: Letter) => boolean = () => true): Promise<Letter> {
    return eventually(async () =>
      (await this.letters()).find((letter) => letter.messageId === messageId && wanted(letter)),
    );
  }

  /** Deliveries that the consumer has settled so far, by outcome. */
  async settled(outcome: string): Promise<number> {
    const { values } = await this.consumer.metrics.messageDuration.get();
    const counted = values.filter(
      ({ metricName, labels }) => metricName?.endsWith('_count') && labels.outcome === outcome,
    );
    return counted.reduce((sum, { value }) => sum + value, 0);
  }

  edit(id: string, payload: string, reason = 'typo'): Promise<Answer<{ editDeadLetter: { deadLetter: Letter } }>> {
    return this.ask(
      `mutation($input: EditDeadLetterInput!) { editDeadLetter(input: $input) { deadLetter { ${FIELDS} } } }`,
      { input: { id, payload, reason } },
    );
  }

  redrive(input: object): Promise<Answer<{ redriveDeadLetters: { deadLetters: Letter[] } }>> {
    return this.ask(
      `mutation($input: RedriveDeadLettersInput!) { redriveDeadLetters(input: $input) { deadLetters { ${FIELDS} } } }`,
      { input: { reason: 'mended', ...input } },
    );
  }

  discard(id: string, reason = 'a test'): Promise<Answer<{ discardDeadLetter: { deadLetter: Letter } }>> {
    return this.ask(
      `mutation($input: DiscardDeadLetterInput!) { discardDeadLetter(input: $input) { deadLetter { ${FIELDS} } } }`,
      { input: { id, reason } },
    );
  }
}
