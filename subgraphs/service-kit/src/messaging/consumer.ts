import { SpanKind } from '@opentelemetry/api';
import type { Consumer as ConsumerName, Envelope } from '@brigade/schema';
import { ConsumerStatus, type AsyncMessage, type Consumer } from 'rabbitmq-client';
import { PoisonMessage } from '../errors/delivery-errors.ts';
import { failpoint } from '../failpoints/failpoints.ts';
import { runInWork } from '../observe/context.ts';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';
import { contextFrom, type Tracing } from '../observe/tracing.ts';
import type { Broker } from './broker.ts';
import { deliveryRecord, failureHeaders, type DeliveryRecord } from './delivery-record.ts';
import { handlerTable, parseMessage, type MessageHandler } from './handlers.ts';
import { KeyedQueue } from './keyed-queue.ts';
import type { MessageStore } from './message-store.ts';
import { retryDelays } from './topology.ts';

export interface ConsumerOptions<Tx> {
  consumer: ConsumerName;
  handlers: readonly MessageHandler<Tx>[];
  store: MessageStore<Tx>;
  broker: Broker;
  metrics: Metrics;
  tracing: Tracing;
  log: Logger;
  /** Messages worked on at once. */
  concurrency: number;
  /** Tries of a message before it becomes a dead letter. */
  maxAttempts: number;
}

type Outcome = 'ok' | 'duplicate' | 'retry' | 'dead';

/**
 * Consumes a subgraph's work queue: each message's effect and its inbox row commit together, messages of one subject
 * one after the other. A failing message waits in a delay queue and comes back; one that can't be helped, or failed
 * `maxAttempts` times, goes to the dead letters with its reason. It is acknowledged only after all that is safe.
 */
export function startConsumer<Tx>(options: ConsumerOptions<Tx>): Consumer {
  const { broker, consumer, log, concurrency } = options;
  const table = handlerTable(consumer, options.handlers);
  const subjects = new KeyedQueue();
  const subscription = broker.connection.createConsumer(
    {
      queue: broker.topology.workQueue(consumer),
      queueOptions: { passive: true }, // declared with the topology
      concurrency,
      qos: { prefetchCount: concurrency * 2 },
      requeue: true,
    },
    (delivery) => subjects.run(subjectOf(delivery), () => receive(delivery, table, options)),
  );
  subscription.on('error', (error) => log.warn({ err: error }, 'consumer interrupted, resuming by itself'));
  return subscription;
}

const subjectOf = (delivery: AsyncMessage): string => {
  const { subject } = (delivery.body ?? {}) as { subject?: unknown };
  return typeof subject === 'string' ? subject : '';
};

async function receive<Tx>(
  delivery: AsyncMessage,
  table: ReadonlyMap<string, MessageHandler<Tx>>,
  options: ConsumerOptions<Tx>,
): Promise<ConsumerStatus> {
  const { metrics } = options;
  const record = deliveryRecord(delivery);
  const started = performance.now();
  metrics.messagesInFlight.inc();
  let outcome: Outcome;
  try {
    outcome = await attempt(delivery, record, table, options);
    await failpoint('consumer.before-ack');
  } catch (error) {
    // Neither handled nor put aside, e.g. because the broker is away: it stays in the queue.
    options.log.warn({ err: error, messageId: record.messageId }, 'could not settle a message, it stays in the queue');
    return ConsumerStatus.REQUEUE;
  } finally {
    metrics.messagesInFlight.dec();
  }
  metrics.messageDuration.observe({ message: record.name, outcome }, (performance.now() - started) / 1_000);
  return ConsumerStatus.ACK;
}

async function attempt<Tx>(
  delivery: AsyncMessage,
  record: DeliveryRecord,
  table: ReadonlyMap<string, MessageHandler<Tx>>,
  options: ConsumerOptions<Tx>,
): Promise<Outcome> {
  let parsed: ReturnType<typeof parseMessage<Tx>>;
  try {
    parsed = parseMessage(delivery.body, table);
  } catch (error) {
    return bury(delivery.body, record, error as Error, options);
  }
  const { message, handler } = parsed;
  options.metrics.messageLag.observe({ message: message.name }, (Date.now() - Date.parse(message.occurredAt)) / 1_000);
  const work = { correlationId: message.correlationId, causationId: message.id, orderId: message.subject };
  const span = {
    kind: SpanKind.CONSUMER,
    parent: contextFrom(message.traceparent),
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.message.id': message.id,
      'messaging.destination.name': message.name,
    },
  };
  return runInWork(work, () =>
    options.tracing.span(`process ${message.name}`, span, async () => {
      try {
        return await apply(message, handler, options.store);
      } catch (error) {
        return await putAside(message, record, error as Error, options);
      }
    }),
  );
}

async function apply<Tx>(
  message: Envelope<never>,
  handler: MessageHandler<Tx>,
  store: MessageStore<Tx>,
): Promise<Outcome> {
  const first = await store.transaction(async (tx) => {
    if (!(await store.acceptOnce(tx, message.id))) return false;
    await handler.handle(message, tx);
    await failpoint('consumer.after-effect');
    return true;
  });
  await failpoint('consumer.after-commit');
  return first ? 'ok' : 'duplicate';
}

async function putAside<Tx>(
  message: Envelope,
  record: DeliveryRecord,
  error: Error,
  options: ConsumerOptions<Tx>,
): Promise<Outcome> {
  const failed = { ...record, attempts: record.attempts + 1 };
  if (error instanceof PoisonMessage || failed.attempts >= options.maxAttempts)
    return bury(message, record, error, options);
  const delayMs = retryDelays[Math.min(failed.attempts, retryDelays.length) - 1] ?? 60_000;
  options.log.warn(
    { err: error, message_name: message.name, attempt: failed.attempts, delayMs },
    'handling failed, will try again',
  );
  await options.broker.publishRetry(options.consumer, message, delayMs, failureHeaders(failed, error));
  return 'retry';
}

async function bury<Tx>(
  body: unknown,
  record: DeliveryRecord,
  error: Error,
  options: ConsumerOptions<Tx>,
): Promise<Outcome> {
  const failed = { ...record, attempts: record.attempts + 1 };
  options.log.error(
    { err: error, message_name: record.name, attempts: failed.attempts },
    'message goes to the dead letters',
  );
  await options.broker.publishDead(options.consumer, record.messageId, body, failureHeaders(failed, error));
  return 'dead';
}
