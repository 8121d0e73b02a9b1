import { Redis } from 'ioredis';
import type { Logger } from '../observe/logger.ts';

/**
 * A connection whose keys all begin with `<prefix>`. Commands fail at once while Redis is away (no unbounded queue), so
 * that a cache can be passed by; it reconnects by itself, also when Redis is away at the start.
 */
export async function connectRedis(url: string, prefix: string, log: Logger): Promise<Redis> {
  const redis = new Redis(url, {
    keyPrefix: prefix,
    lazyConnect: true,
    // With any more, a command that is under way when Redis goes waits until it is back: the client loses sight of it.
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(100 * 2 ** times, 2_000),
  });
  redis.on('error', (error) => log.warn({ err: error }, 'redis connection'));
  await redis.connect().catch(() => {}); // told by its error event
  return redis;
}
