import { port, processSettings, readConfig, sharedSettings, url, type Environment } from '@brigade/service-kit';
import { z } from 'zod';

const { MONGODB_URI: _unused, ...shared } = sharedSettings;

const schema = z.object({
  ...processSettings,
  ...shared,
  INVENTORY_PORT: port.default(4006),
  /** Fewer than elsewhere: reservations meet at the same few rows, and a lost race is work done twice. */
  CONSUMER_CONCURRENCY: z.coerce.number().int().min(1).max(500).default(2),
  /** Where a recipe is looked up that no message has told us of yet. */
  MENU_URL: url('http', 'https').default('http://127.0.0.1:4003/graphql'),
  /** How long a reservation waits for its payment, seconds. */
  RESERVATION_TTL: z.coerce.number().positive().max(86_400).default(900),
});

export type InventoryConfig = z.infer<typeof schema>;
export const readInventoryConfig = (env: Environment): InventoryConfig => readConfig('inventory', schema, env);
