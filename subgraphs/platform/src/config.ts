import {
  listeningPort,
  processSettings,
  readConfig,
  sharedSettings,
  url,
  type Environment,
} from '@brigade/service-kit';
import { z } from 'zod';
import { targetsSetting } from './system/target.ts';
import { pace } from './use-cases/set-dining-room.ts';

const { POSTGRES_URL, AMQP_URL, ACTOR_SECRET, POSTGRES_POOL, CONSUMER_CONCURRENCY } = sharedSettings;

export const platformSettings = z
  .object({
    ...processSettings,
    POSTGRES_URL,
    AMQP_URL,
    ACTOR_SECRET,
    POSTGRES_POOL,
    CONSUMER_CONCURRENCY: CONSUMER_CONCURRENCY.describe('Dead letters of one consumer that are taken in at once.'),
    PLATFORM_PORT: listeningPort(4011),
    SYSTEM_TARGETS: targetsSetting.describe(
      'The processes that the map of the system shows: a JSON list of `{ id, name, kind, url }`; ' +
        'kinds `ROUTER`, `SUBGRAPH`, `PROVIDER`, `DEVICE`.',
    ),
    ROUTER_URL: url('http', 'https')
      .optional()
      .describe('The public API, for virtual guests; without it the dining room stays closed.'),
    DINING_ROOM: pace
      .optional()
      .describe('Opens the dining room at the start: orders a minute, 1 to 240. Needs `ROUTER_URL`.'),
  })
  .refine(({ DINING_ROOM, ROUTER_URL }) => DINING_ROOM === undefined || ROUTER_URL !== undefined, {
    path: ['ROUTER_URL'],
    error: 'DINING_ROOM needs it',
  });

export type PlatformConfig = z.infer<typeof platformSettings>;
export const readPlatformConfig = (env: Environment): PlatformConfig => readConfig('platform', platformSettings, env);
