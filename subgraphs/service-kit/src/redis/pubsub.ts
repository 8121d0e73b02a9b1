import { RedisPubSub } from 'graphql-redis-subscriptions';
import { Redis } from 'ioredis';
import type { Logger } from '../observe/logger.ts';

/**
 * Fan-out of events to the GraphQL subscriptions of every instance of a service. Publishing never throws: a
 * subscription is told of changes, it is not the record of them.
 */
export class EventBus {
  readonly #pubsub: RedisPubSub;
  readonly #publisher: Redis;
  readonly #subscriber: Redis;
  readonly #log: Logger;

  constructor(
    url: string,
    private readonly prefix: string,
    log: Logger,
  ) {
    const connect = (maxRetriesPerRequest: number | null) => {
      const redis = new Redis(url, {
        connectionName: prefix,
        maxRetriesPerRequest,
        retryStrategy: (times) => Math.min(100 * 2 ** times, 2_000),
      });
      redis.on('error', (error) => log.warn({ err: error }, 'redis subscriptions'));
      return redis;
    };
    // What is subscribed to is wanted for as long as it takes, and nobody would hear that it failed; an event is worth a
    // few attempts.
    const [publisher, subscriber] = [connect(20), connect(null)];
    this.#log = log;
    this.#publisher = publisher;
    this.#subscriber = subscriber;
    this.#pubsub = new RedisPubSub({ publisher, subscriber: forgiving(subscriber) });
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

  /**
   * As `subscribe`, for who must know from when on it hears: whatever is published after the promise is kept. That takes
   * as long as Redis is away.
   * @returns stops hearing
   */
  async listen<T>(topic: string, hear: (payload: T) => void): Promise<() => void> {
    const id = await this.#pubsub.subscribe(this.prefix + topic, hear);
    return () => this.#pubsub.unsubscribe(id);
  }

  /** Calls back whenever it hears again after Redis was away: what was published meanwhile was lost. */
  onJoined(joined: () => void): void {
    this.#subscriber.on('ready', () => {
      // Answered after the subscriptions, which the client has just asked for anew. If it fails, it is ready again later.
      this.#subscriber.ping().then(joined, (error: unknown) => this.#log.debug({ err: error }, 'redis subscriptions'));
    });
  }

  /** Says goodbye to Redis where it is there to hear it. */
  async close(): Promise<void> {
    await Promise.all(
      [this.#publisher, this.#subscriber].map(async (redis) => {
        if (redis.status === 'ready') await redis.quit();
        else redis.disconnect();
      }),
    );
  }
}

/**
 * What RedisPubSub needs of a connection. It leaves it to nobody that a command fails, and that would end the process;
 * here they fail when the connection is closed for good, which is no news then.
 */
const forgiving = (redis: Redis): Redis =>
  ({
    on: redis.on.bind(redis),
    subscribe: (channel: string, acknowledge: (error: null, count: unknown) => void) =>
      redis.subscribe(channel).then((count) => acknowledge(null, count), forgive),
    unsubscribe: (channel: string) => redis.unsubscribe(channel).catch(forgive),
    // Nobody subscribes by pattern.
    punsubscribe: () => {},
  }) as unknown as Redis;

const forgive = () => {};
