import { port, processSettings, readConfig, sharedSettings, url, type Environment } from '@brigade/service-kit';
import { z } from 'zod';
import { targetsSetting } from './system/target.ts';
import { pace } from './use-cases/set-dining-room.ts';

const { POSTGRES_URL, AMQP_URL, ACTOR_SECRET, POSTGRES_POOL, CONSUMER_CONCURRENCY } = sharedSettings;

const schema = z
  .object({
    ...processSettings,
    POSTGRES_URL,
    AMQP_URL,
    ACTOR_SECRET,
    POSTGRES_POOL,
    /** Dead letters of one consumer that are taken in at once. */
    CONSUMER_CONCURRENCY,
    PLATFORM_PORT: port.default(4011),
    SYSTEM_TARGETS: targetsSetting,
    /** The public API, for virtual guests; without it there are none. */
    ROUTER_URL: url('http', 'https').optional(),
    /** Opens the dining room at the start, with so many orders a minute. */
    DINING_ROOM: pace.optional(),
  })
  .refine(({ DINING_ROOM, ROUTER_URL }) => DINING_ROOM === undefined || ROUTER_URL !== undefined, {
    path: ['ROUTER_URL'],
    error: 'DINING_ROOM needs it',
  });

export type PlatformConfig = z.infer<typeof schema>;
export const readPlatformConfig = (env: Environment): PlatformConfig => readConfig('platform', schema, env);
