import type { Redis } from 'ioredis';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';

export interface CacheOptions {
  name: string;
  redis: Redis;
  /** Upper bound of staleness if an invalidation is lost, seconds. */
  ttlSeconds: number;
  metrics: Metrics;
  log: Logger;
}

/**
 * Values as JSON in Redis, all belonging to one generation: `invalidateAll` starts the next one, so nothing that was
 * read before a change can be served after it. While Redis is away every look-up is a miss and nothing fails.
 */
export class Cache {
  readonly #loading = new Map<string, Promise<unknown>>();

  constructor(private readonly options: CacheOptions) {}

  /** The cached value, or what `load` answers, which is then cached. Identical loads under way are shared. */
  async getOrLoad<T>(key: string, load: () => Promise<T>): Promise<T> {
    const { name, metrics } = this.options;
    const slot = await this.#slot(key);
    if (slot === undefined) {
      metrics.cacheRequests.inc({ cache: name, outcome: 'unavailable' });
      return load();
    }
    if (slot.value !== null) {
      metrics.cacheRequests.inc({ cache: name, outcome: 'hit' });
      return JSON.parse(slot.value) as T;
    }
    metrics.cacheRequests.inc({ cache: name, outcome: 'miss' });
    const underWay = this.#loading.get(slot.key) as Promise<T> | undefined;
    if (underWay) return underWay;
    const loading = load()
      .then(async (value) => {
        await this.#store(slot.key, value);
        return value;
      })
      .finally(() => this.#loading.delete(slot.key));
    this.#loading.set(slot.key, loading);
    return loading;
  }

  /** @throws when Redis is away: the caller is a message handler, which will be tried again */
  async invalidateAll(): Promise<void> {
    await this.options.redis.incr(this.#generationKey);
  }

  get #generationKey(): string {
    return `cache:${this.options.name}:generation`;
  }

  async #slot(key: string): Promise<{ key: string; value: string | null } | undefined> {
    try {
      const generation = (await this.options.redis.get(this.#generationKey)) ?? '0';
      const full = `cache:${this.options.name}:${generation}:${key}`;
      return { key: full, value: await this.options.redis.get(full) };
    } catch (error) {
      this.options.log.debug({ err: error, cache: this.options.name }, 'cache unavailable');
      return undefined;
    }
  }

  async #store(key: string, value: unknown): Promise<void> {
    try {
      await this.options.redis.set(key, JSON.stringify(value), 'EX', this.options.ttlSeconds);
    } catch (error) {
      this.options.log.debug({ err: error, cache: this.options.name }, 'cache unavailable');
    }
  }
}
