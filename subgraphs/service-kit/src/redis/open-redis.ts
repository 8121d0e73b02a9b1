import type { Redis } from 'ioredis';
import type { Runtime } from '../runtime.ts';
import { connectRedis } from './connect-redis.ts';
import { EventBus } from './pubsub.ts';

interface RedisSettings {
  REDIS_URL: string;
  BRIGADE_NAMESPACE: string;
}

const prefixOf = (runtime: Runtime, config: RedisSettings) => `${config.BRIGADE_NAMESPACE}:${runtime.name}:`;

/** A connection for the service's own keys, with health; closed with the runtime. */
export async function openRedis(runtime: Runtime, config: RedisSettings): Promise<Redis> {
  const redis = await connectRedis(config.REDIS_URL, prefixOf(runtime, config), runtime.log);
  runtime.stack.defer('redis', () => redis.disconnect());
  const ping = async () => {
    await redis.ping();
  };
  runtime.health.add('redis', ping, { optional: true });
  return redis;
}

/** The fan-out to subscriptions; closed with the runtime. */
export function openEventBus(runtime: Runtime, config: RedisSettings): EventBus {
  const bus = new EventBus(config.REDIS_URL, `${prefixOf(runtime, config)}events:`, runtime.log);
  runtime.stack.defer('event bus', () => bus.close());
  return bus;
}
