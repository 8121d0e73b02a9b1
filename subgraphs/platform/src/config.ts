import { port, processSettings, readConfig, sharedSettings, type Environment } from '@brigade/service-kit';
import { z } from 'zod';
import { targetsSetting } from './system/target.ts';

const { POSTGRES_URL, AMQP_URL, ACTOR_SECRET, POSTGRES_POOL, CONSUMER_CONCURRENCY } = sharedSettings;

const schema = z.object({
  ...processSettings,
  POSTGRES_URL,
  AMQP_URL,
  ACTOR_SECRET,
  POSTGRES_POOL,
  /** Dead letters of one consumer that are taken in at once. */
  CONSUMER_CONCURRENCY,
  PLATFORM_PORT: port.default(4011),
  SYSTEM_TARGETS: targetsSetting,
});

export type PlatformConfig = z.infer<typeof schema>;
export const readPlatformConfig = (env: Environment): PlatformConfig => readConfig('platform', schema, env);
