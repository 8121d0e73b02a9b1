import { SpanKind } from '@opentelemetry/api';
import type { Consumer as ConsumerName, Envelope } from '@brigade/schema';
import { ConsumerStatus, type AsyncMessage } from 'rabbitmq-client';
import { failpoint } from '../failpoints/failpoints.ts';
import { runInWork } from '../observe/context.ts';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';
import { contextFrom, type Tracing } from '../observe/tracing.ts';
import type { Broker } from './broker.ts';
import { deliveryRecord, type DeliveryRecord } from './delivery-record.ts';
import { handlerTable, parseMessage, type MessageHandler } from './handlers.ts';
import { KeyedQueue } from './keyed-queue.ts';
import type { MessageStore } from './message-store.ts';
import { deadLetter, putAside } from './put-aside.ts';
import { readDelivery, type ReadDelivery } from './read-delivery.ts';
import { Stamina } from './stamina.ts';
import { Subscription } from './subscription.ts';

export interface ConsumerOptions<Tx> {
  consumer: ConsumerName;
  handlers: readonly MessageHandler<Tx>[];
  store: MessageStore<Tx>;
  broker: Broker;
  metrics: Metrics;
  tracing: Tracing;
  log: Logger;
  /** Whether everything that handling needs answers: a failure while it does not is not the message's. */
  isHealthy: () => Promise<boolean>;
  /** Messages worked on at once. */
  concurrency: number;
  /** Tries of a message before it becomes a dead letter. */
  maxAttempts: number;
}

export type Outcome = 'ok' | 'duplicate' | 'retry' | 'dead';

type Table<Tx> = ReadonlyMap<string, MessageHandler<Tx>>;

/**
 * Consumes a subgraph's work queue: each message's effect and its inbox row commit together, messages of one subject
 * one after the other. A failing message waits in a delay queue and comes back; one that can't be helped, or failed
 * `maxAttempts` times, goes to the dead letters with its reason. It is acknowledged only after all that is safe.
 */
export function startConsumer<Tx>(options: ConsumerOptions<Tx>): Pick<Subscription, 'probe' | 'close'> {
  const { broker, consumer, log, concurrency } = options;
  const table = handlerTable(consumer, options.handlers);
  const subjects = new KeyedQueue();
  const stamina = new Stamina(options);
  broker.topologyKeeper.need(consumer);
  const subscription = new Subscription({
    broker,
    queue: broker.topology.workQueue(consumer),
    concurrency,
    log,
    handle: (delivery) => {
      const read = readDelivery(delivery);
      return subjects.run(subjectOf(read), () => receive(delivery, read, table, options, stamina));
    },
  });
  return {
    probe: () => subscription.probe(),
    close: () => {
      stamina.end();
      return subscription.close();
    },
  };
}

const subjectOf = ({ body }: ReadDelivery): string => {
  const { subject } = (('json' in body && body.json) || {}) as { subject?: unknown };
  return typeof subject === 'string' ? subject : '';
};

async function receive<Tx>(
  delivery: AsyncMessage,
  read: ReadDelivery,
  table: Table<Tx>,
  options: ConsumerOptions<Tx>,
  stamina: Stamina,
): Promise<ConsumerStatus> {
  const { metrics, consumer } = options;
  const record = deliveryRecord(delivery);
  const about = { service: consumer, message: record.name };
  const started = performance.now();
  metrics.messagesInFlight.inc();
  try {
    const arrival = await failpoint('consumer.on-delivery', about);
    if (arrival === 'drop') return ConsumerStatus.REQUEUE;
    const outcome = await attempt(read, record, table, options, stamina);
    if (arrival === 'duplicate') await attempt(read, record, table, options, stamina);
    metrics.messageDuration.observe({ message: record.name, outcome }, (performance.now() - started) / 1_000);
    return (await failpoint('consumer.before-ack', about)) === 'drop' ? ConsumerStatus.REQUEUE : ConsumerStatus.ACK;
  } catch (error) {
    // Neither handled nor put aside, e.g. because the service ends: it stays in the queue. Not at once again: the queue
    // counts how often it gives a message out.
    options.log.warn({ err: error, messageId: record.messageId }, 'could not settle a message, it stays in the queue');
    await stamina.pause();
    return ConsumerStatus.REQUEUE;
  } finally {
    metrics.messagesInFlight.dec();
  }
}

async function attempt<Tx>(
  delivery: ReadDelivery,
  record: DeliveryRecord,
  table: Table<Tx>,
  options: ConsumerOptions<Tx>,
  stamina: Stamina,
): Promise<Outcome> {
  let parsed: ReturnType<typeof parseMessage<Tx>>;
  try {
    if ('fault' in delivery.body) throw delivery.body.fault;
    parsed = parseMessage(delivery.body.json, table);
  } catch (error) {
    return stamina.insist(() => deadLetter(delivery, record, error as Error, options));
  }
  const { message, handler } = parsed;
  const lag = Math.max(0, Date.now() - Date.parse(message.occurredAt)) / 1_000; // clocks differ
  options.metrics.messageLag.observe({ message: message.name }, lag);
  const work = {
    correlationId: message.correlationId,
    causationId: message.id,
    orderId: message.subject,
    consumer: options.consumer,
    message: message.name,
  };
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
        return await stamina.carryThrough(() => apply(message, handler, options.store));
      } catch (error) {
        const giveUp = () => giveUpOn(message, handler, options);
        return await stamina.insist(() => putAside(message, delivery, record, error as Error, { ...options, giveUp }));
      }
    }),
  );
}

/** What its handler does once a message has failed for good. Failing at that too must not keep it from the dead letters. */
async function giveUpOn<Tx>(
  message: Envelope<never>,
  { giveUp }: MessageHandler<Tx>,
  { store, log }: ConsumerOptions<Tx>,
): Promise<void> {
  if (!giveUp) return;
  try {
    await store.transaction((tx) => giveUp(message, tx));
  } catch (error) {
    log.error({ err: error, message_name: message.name, messageId: message.id }, 'giving up a message failed');
  }
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
