import { setTimeout as pause } from 'node:timers/promises';
import { routing, type Consumer } from '@brigade/schema';
import {
  failpoint,
  isStoreAway,
  Subscription,
  type Broker,
  type Logger,
  type PostgresMessageStore,
} from '@brigade/service-kit';
import { ConsumerStatus, type AsyncMessage } from 'rabbitmq-client';
import { bareBurial, readBurial, type Delivered } from '../dead-letter/read-burial.ts';
import { captureBurial } from '../use-cases/capture-burial.ts';

const LONGEST_PAUSE_MS = 5_000;
/** After so many failures that are not the store's absence, a dead letter is kept without what may be the cause. */
const TRIES_AS_IT_IS = 5;

/** Everyone who has a dead-letter queue. */
export const consumers = Object.keys(routing) as Consumer[];

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
 * that comes back too often, and this is its last stop. One that the database does not take as it is, is kept bare.
 */
export function consumeDeadLetters(options: CaptureOptions): Pick<Subscription, 'probe'> & { stop(): Promise<void> } {
  const { broker, log, concurrency } = options;
  const stopping = new AbortController();
  const subscriptions = consumers.map((consumer) => {
    broker.topologyKeeper.need(consumer);
    return new Subscription({
      broker,
      queue: broker.topology.deadQueue(consumer),
      concurrency,
      log,
      handle: (delivery) => keep(delivery, consumer, options, stopping.signal),
    });
  });
  return {
    async probe() {
      await Promise.all(subscriptions.map((subscription) => subscription.probe()));
    },
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
  const arrived = delivery as Delivered;
  const workQueue = broker.topology.workQueue(consumer);
  let refusals = 0;
  let why = '';
  for (let attempt = 1; ; attempt += 1) {
    try {
      const isBare = refusals >= TRIES_AS_IT_IS;
      const burial = isBare ? bareBurial(arrived, consumer, workQueue, why) : readBurial(arrived, consumer, workQueue);
      // What was tried before may have been committed although we were told otherwise.
      await captureBurial(store, burial, delivery.redelivered || attempt > 1);
      await failpoint('consumer.before-ack', { service: 'platform', message: burial.messageName });
      return ConsumerStatus.ACK;
    } catch (error) {
      if (!isStoreAway(error)) refusals += 1;
      why = (error as Error).message;
      log.warn({ err: error, consumer, messageId: delivery.messageId, attempt }, 'a dead letter could not be kept yet');
      await pause(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt), undefined, { signal: stopping }).catch(() => {});
      if (stopping.aborted) return ConsumerStatus.REQUEUE;
    }
  }
}
