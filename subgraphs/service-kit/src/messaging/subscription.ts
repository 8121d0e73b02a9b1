import type { AsyncMessage, Consumer, ConsumerStatus } from 'rabbitmq-client';
import type { Logger } from '../observe/logger.ts';
import type { Broker } from './broker.ts';
import { withRawBodies } from './raw-bodies.ts';

export interface SubscriptionOptions {
  broker: Broker;
  queue: string;
  /** Messages worked on at once; twice as many are fetched. */
  concurrency: number;
  log: Logger;
  handle: (delivery: AsyncMessage) => Promise<ConsumerStatus>;
}

/**
 * Consumes one queue of the topology, handing over raw bodies, for as long as it is not closed. When the broker takes the
 * queue away (`basic.cancel`), or has none when the consumer comes, the topology is declared again; the client tries
 * again by itself.
 */
export class Subscription {
  readonly #consumer: Consumer;

  constructor(private readonly options: SubscriptionOptions) {
    const { broker, queue, concurrency, log, handle } = options;
    this.#consumer = withRawBodies(broker.connection).createConsumer(
      {
        queue,
        queueOptions: { passive: true }, // declared with the topology
        concurrency,
        qos: { prefetchCount: concurrency * 2 },
        requeue: true,
      },
      handle,
    );
    this.#consumer.on('error', (error: Error) => {
      log.warn({ err: error, queue }, 'consumer interrupted, resuming by itself');
      void broker.topologyKeeper.repair(`nothing is consumed from ${queue}: ${error.message}`);
    });
  }

  /** Resolves while the broker has it among the queue's consumers. @throws Error that names the queue */
  async probe(): Promise<void> {
    if (this.#consumer.consumerTag === '') throw new Error(`nothing is consumed from ${this.options.queue}`);
  }

  close(): Promise<void> {
    return this.#consumer.close();
  }
}
