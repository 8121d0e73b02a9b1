import { port, processSettings, readConfig, sharedSettings, type Environment } from '@brigade/service-kit';
import { z } from 'zod';

const { POSTGRES_URL: _postgres, POSTGRES_POOL: _pool, ...shared } = sharedSettings;

const schema = z.object({
  ...processSettings,
  ...shared,
  MENU_PORT: port.default(4003),
  /** How stale the menu can be if the news of a change is lost, seconds. */
  MENU_CACHE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
});

export type MenuConfig = z.infer<typeof schema>;
export const readMenuConfig = (env: Environment): MenuConfig => readConfig('menu', schema, env);
