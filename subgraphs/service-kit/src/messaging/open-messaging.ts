import type { Consumer } from '@brigade/schema';
import type { Runtime } from '../runtime.ts';
import type { Broker } from './broker.ts';
import { startConsumer } from './consumer.ts';
import type { MessageHandler } from './handlers.ts';
import type { MessageStore } from './message-store.ts';
import { openBroker, type BrokerSettings } from './open-broker.ts';
import { startRelay } from './relay.ts';
import { watchQueues } from './watch-queues.ts';

/** Not among what handling needs: a consumer that lost its queue comes back only once what it handles has ended. */
const CONSUMER = 'consumer';

export interface MessagingSettings extends BrokerSettings {
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
  const broker = await openBroker(runtime, config);
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
      isHealthy: () => health.isWhole([CONSUMER]),
      concurrency: config.CONSUMER_CONCURRENCY,
      maxAttempts: config.MESSAGE_ATTEMPTS,
    });
    stack.defer('consumer', () => consumer.close());
    health.add(CONSUMER, () => consumer.probe(), { optional: true });
  }
  return broker;
}
