import {
  listeningPort,
  processSettings,
  readConfig,
  sharedSettings,
  url,
  type Environment,
} from '@brigade/service-kit';
import { z } from 'zod';

const { MONGODB_URI: _unused, ...shared } = sharedSettings;

export const inventorySettings = z.object({
  ...processSettings,
  ...shared,
  INVENTORY_PORT: listeningPort(4006),
  MENU_URL: url('http', 'https')
    .default('http://127.0.0.1:4003/graphql')
    .describe('Where a recipe is looked up that no message has told us of yet.'),
  RESERVATION_TTL: z.coerce
    .number()
    .positive()
    .max(86_400)
    .default(900)
    .describe('How long a reservation waits for its payment, seconds.'),
});

export type InventoryConfig = z.infer<typeof inventorySettings>;
export const readInventoryConfig = (env: Environment): InventoryConfig =>
  readConfig('inventory', inventorySettings, env);
