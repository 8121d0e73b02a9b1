import { listeningPort, processSettings, readConfig, sharedSettings, type Environment } from '@brigade/service-kit';
import { z } from 'zod';

const { POSTGRES_URL: _postgres, POSTGRES_POOL: _pool, ...shared } = sharedSettings;

export const menuSettings = z.object({
  ...processSettings,
  ...shared,
  MENU_PORT: listeningPort(4003),
  MENU_CACHE_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_600)
    .default(60)
    .describe('How stale the menu can be if the news of a change is lost, seconds.'),
});

export type MenuConfig = z.infer<typeof menuSettings>;
export const readMenuConfig = (env: Environment): MenuConfig => readConfig('menu', menuSettings, env);
