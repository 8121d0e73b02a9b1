import type { Consumer } from '@brigade/schema';
import type { Runtime } from '../runtime.ts';
import { Broker } from './broker.ts';
import { startConsumer } from './consumer.ts';
import type { MessageHandler } from './handlers.ts';
import type { MessageStore } from './message-store.ts';
import { startRelay } from './relay.ts';
import { watchQueues } from './watch-queues.ts';

export interface MessagingSettings {
  AMQP_URL: string;
  BRIGADE_NAMESPACE: string;
  CONSUMER_CONCURRENCY: number;
  MESSAGE_ATTEMPTS: number;
}

/** What is asked over GraphQL does not need the broker, so a start does not wait for it for long. */
const BROKER_PATIENCE_MS = 5_000;

/**
 * Connects a service to the broker: relay, consumer (where there are handlers), queue metrics and health.
 * On stop the consumer ends first, then the relay sends what the last handlers left, then the connection closes.
 */
export async function openMessaging<Tx>(
  runtime: Runtime,
  config: MessagingSettings,
  store: MessageStore<Tx>,
  consumes?: { consumer: Consumer; handlers: readonly MessageHandler<Tx>[] },
): Promise<Broker> {
  const { name, log, metrics, tracing, health, stack } = runtime;
  const broker = await Broker.open({
    url: config.AMQP_URL,
    namespace: config.BRIGADE_NAMESPACE,
    connectionName: name,
    log,
    patienceMs: BROKER_PATIENCE_MS,
  });
  stack.defer('broker', () => broker.close());
  health.add('rabbitmq', () => broker.ping(), { optional: true });
  const relay = startRelay({ service: name, store, broker, metrics, log });
  stack.defer('outbox relay', () => relay.stop());
  const watch = watchQueues({ ...(consumes && { consumer: consumes.consumer }), broker, store, metrics, log });
  stack.defer('queue watch', () => watch.stop());
  if (consumes) {
    const consumer = startConsumer({
      ...consumes,
      store,
      broker,
      metrics,
      tracing,
      log,
      isHealthy: () => health.isWhole(),
      concurrency: config.CONSUMER_CONCURRENCY,
      maxAttempts: config.MESSAGE_ATTEMPTS,
    });
    stack.defer('consumer', () => consumer.close());
  }
  return broker;
}
