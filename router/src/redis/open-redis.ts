import type { Runtime } from '@brigade/service-kit/process';
import { Redis } from 'ioredis';
import type { Settings } from '../settings/settings.ts';

/**
 * The connection to what routers share, opened in the background: a router starts and serves without it. Commands fail
 * at once while it is away. Closed with the runtime.
 */
export function openRedis({ log, stack, health }: Runtime, { redis: told }: Settings): Redis | undefined {
  if (!told) return undefined;
  const redis = new Redis(told.url, {
    // For whoever looks at CLIENT LIST.
    connectionName: told.keyPrefix,
    enableOfflineQueue: false,
    // With any more, a command that is under way when Redis goes waits until it is back: the client loses sight of it.
    maxRetriesPerRequest: 0,
    enableAutoPipelining: true,
    retryStrategy: (times) => Math.min(100 * 2 ** times, 2_000),
  });
  redis.on('error', (err) => log.warn({ err }, 'redis connection'));
  stack.defer('redis', () => redis.disconnect());
  const ping = async () => {
    await redis.ping();
  };
  health.add('redis', ping, { optional: true });
  return redis;
}
