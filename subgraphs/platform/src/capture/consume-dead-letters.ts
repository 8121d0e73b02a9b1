import { setTimeout as pause } from 'node:timers/promises';
import { routing } from '@brigade/schema';
import { failpoint, type Broker, type Logger, type PostgresMessageStore } from '@brigade/service-kit';
import { ConsumerStatus, type AsyncMessage } from 'rabbitmq-client';
import { readBurial } from '../dead-letter/read-burial.ts';
import { captureBurial } from '../use-cases/capture-burial.ts';

const LONGEST_PAUSE_MS = 5_000;

/** Everyone who has a dead-letter queue. */
export const consumers = Object.keys(routing);

export interface CaptureOptions {
  broker: Broker;
  store: PostgresMessageStore;
  log: Logger;
  /** Dead letters of one consumer that are taken in at once. */
  concurrency: number;
}

/**
 * Consumes the dead-letter queue of every consumer and keeps what is there. While it can't be kept, for example because
 * the database is away, a delivery is held and tried again and never given back to its queue: a broker drops a message
 * that comes back too often, and this is its last stop.
 */
export function consumeDeadLetters(options: CaptureOptions): { stop(): Promise<void> } {
  const { broker, log, concurrency } = options;
  const stopping = new AbortController();
  const subscriptions = consumers.map((consumer) => {
    const subscription = broker.connection.createConsumer(
      {
        queue: broker.topology.deadQueue(consumer),
        queueOptions: { passive: true }, // declared with the topology
        concurrency,
        qos: { prefetchCount: concurrency * 2 },
        requeue: true,
      },
      (delivery) => keep(delivery, consumer, options, stopping.signal),
    );
    subscription.on('error', (error) => log.warn({ err: error, consumer }, 'dead letters interrupted, resuming'));
    return subscription;
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all(subscriptions.map((subscription) => subscription.close()));
    },
  };
}

async function keep(
  delivery: AsyncMessage,
  consumer: string,
  { broker, store, log }: CaptureOptions,
  stopping: AbortSignal,
): Promise<ConsumerStatus> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const burial = readBurial(delivery, consumer, broker.topology.workQueue(consumer));
      // What was tried before may have been committed although we were told otherwise.
      await captureBurial(store, burial, delivery.redelivered || attempt > 1);
      await failpoint('consumer.before-ack', { service: 'platform', message: burial.messageName });
      return ConsumerStatus.ACK;
    } catch (error) {
      log.warn({ err: error, consumer, messageId: delivery.messageId, attempt }, 'a dead letter could not be kept yet');
      await pause(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt), undefined, { signal: stopping }).catch(() => {});
      if (stopping.aborted) return ConsumerStatus.REQUEUE;
    }
  }
}
