import { RedisPubSub } from 'graphql-redis-subscriptions';
import { Redis } from 'ioredis';
import type { Logger } from '../observe/logger.ts';

/**
 * Fan-out of events to the GraphQL subscriptions of every instance of a service. Publishing never throws: a
 * subscription is told of changes, it is not the record of them.
 */
export class EventBus {
  readonly #pubsub: RedisPubSub;
  readonly #log: Logger;

  constructor(
    url: string,
    private readonly prefix: string,
    log: Logger,
  ) {
    const connect = () => {
      const redis = new Redis(url, { retryStrategy: (times) => Math.min(100 * 2 ** times, 2_000) });
      redis.on('error', (error) => log.warn({ err: error }, 'redis subscriptions'));
      return redis;
    };
    this.#log = log;
    this.#pubsub = new RedisPubSub({ publisher: connect(), subscriber: connect() });
  }

  async publish(topic: string, payload: unknown): Promise<void> {
    try {
      await this.#pubsub.publish(this.prefix + topic, payload);
    } catch (error) {
      this.#log.warn({ err: error, topic }, 'an update did not reach subscribers');
    }
  }

  subscribe<T>(topic: string): AsyncIterableIterator<T> {
    return this.#pubsub.asyncIterableIterator<T>(this.prefix + topic);
  }

  async close(): Promise<void> {
    await this.#pubsub.close();
  }
}
