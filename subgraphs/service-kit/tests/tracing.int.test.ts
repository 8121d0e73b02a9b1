import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Migration } from '@mikro-orm/migrations';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { dishChanged, type Envelope } from '@brigade/schema';
import {
  PostgresMessageStore,
  createMessage,
  createTracing,
  messagingTables,
  migratePostgres,
  on,
  openMessaging,
  openPostgres,
  postgresOptions,
  runInWork,
  type Runtime,
} from '../src/index.ts';
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
  CONSUMER_CONCURRENCY: 4,
  MESSAGE_ATTEMPTS: 2,
};

describe('a trace', () => {
  const exporter = new InMemorySpanExporter();
  let runtime: Runtime;
  let store: PostgresMessageStore;
  let behave: (message: Envelope) => void = () => {};
  const ended = (name: string, of: (span: ReadableSpan) => boolean = () => true) =>
    eventually(() => exporter.getFinishedSpans().find((span) => span.name === name && of(span)));
  const changed = (subject: string) => createMessage(dishChanged, subject, dishChanged.example);

  beforeAll(async () => {
    runtime = testRuntime('menu');
    runtime.tracing = createTracing('menu', undefined, [new SimpleSpanProcessor(exporter)]);
    await migratePostgres(postgresOptions('menu', config, model, runtime.log));
    store = new PostgresMessageStore(await openPostgres(runtime, config, model), 'menu');
    await openMessaging(runtime, config, store, {
      consumer: 'menu',
      handlers: [on(dishChanged, async (message) => behave(message))],
    });
  });
  afterAll(() => runtime.stack.close());

  test('goes on from the producer through outbox and broker to the consumer, and from there', async () => {
    let causedBy: Envelope | undefined;
    let caused: Envelope | undefined;
    behave = (message) => {
      causedBy = message;
      caused = changed('next');
    };
    await runtime.tracing.span('change dish', { kind: SpanKind.INTERNAL }, () =>
      runInWork({ correlationId: 'c-1', causationId: 'r-1' }, () =>
        store.transaction((tx) => store.addToOutbox(tx, [changed('one')])),
      ),
    );
    const producer = await ended('change dish');
    const consumer = await ended(`process ${dishChanged.name}`);
    const { traceId, spanId } = producer.spanContext();
    expect(consumer.spanContext().traceId).toBe(traceId);
    expect(consumer.parentSpanContext?.spanId).toBe(spanId);
    expect(consumer.kind).toBe(SpanKind.CONSUMER);
    expect(consumer.attributes['messaging.message.id']).toBe(causedBy?.id);
    expect(caused?.traceparent).toContain(`${traceId}-${consumer.spanContext().spanId}`);
    expect(caused).toMatchObject({ correlationId: 'c-1', causationId: causedBy?.id });
  });

  test('is kept by the outbox while the broker has not confirmed', async () => {
    const own = testNamespace();
    const settings = postgresOptions('menu', { ...config, BRIGADE_NAMESPACE: own }, model, runtime.log);
    await migratePostgres(settings);
    const alone = new PostgresMessageStore(
      await openPostgres(runtime, { ...config, BRIGADE_NAMESPACE: own }, model),
      'menu',
    );
    let sent: Envelope | undefined;
    await runtime.tracing.span('wait', { kind: SpanKind.INTERNAL }, async () => {
      sent = changed('waiting');
      await alone.transaction((tx) => alone.addToOutbox(tx, [sent as Envelope]));
    });
    const kept: Envelope[] = [];
    await alone.drainOutbox(10, async (batch) => {
      kept.push(...batch);
      return new Set();
    });
    expect(kept).toEqual([sent]);
    expect(kept[0]?.traceparent).toContain((await ended('wait')).spanContext().traceId);
  });

  test('shows what failed', async () => {
    await expect(
      runtime.tracing.span('fail', { kind: SpanKind.INTERNAL }, async () => {
        throw new RangeError('too hot');
      }),
    ).rejects.toThrow('too hot');
    const span = await ended('fail');
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'RangeError: too hot' });
    expect(span.events[0]?.attributes).toMatchObject({ 'exception.type': 'RangeError' });
  });
});
