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
  });
  stack.defer('broker', () => broker.close());
  health.add('rabbitmq', () => broker.ping());
  const relay = startRelay({ store, broker, metrics, log });
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
      concurrency: config.CONSUMER_CONCURRENCY,
      maxAttempts: config.MESSAGE_ATTEMPTS,
    });
    stack.defer('consumer', () => consumer.close());
  }
  return broker;
}
