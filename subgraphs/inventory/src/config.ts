import { port, processSettings, readConfig, sharedSettings, url, type Environment } from '@brigade/service-kit';
import { z } from 'zod';

const { MONGODB_URI: _unused, ...shared } = sharedSettings;

const schema = z.object({
  ...processSettings,
  ...shared,
  INVENTORY_PORT: port.default(4006),
  /** Where a recipe is looked up that no message has told us of yet. */
  MENU_URL: url('http', 'https').default('http://127.0.0.1:4003/graphql'),
  /** How long a reservation waits for its payment, seconds. */
  RESERVATION_TTL: z.coerce.number().positive().max(86_400).default(900),
});

export type InventoryConfig = z.infer<typeof schema>;
export const readInventoryConfig = (env: Environment): InventoryConfig => readConfig('inventory', schema, env);
