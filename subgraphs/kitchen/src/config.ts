import { port, processSettings, readConfig, sharedSettings, url, type Environment } from '@brigade/service-kit';
import { z } from 'zod';

const ms = (fallback: number) => z.coerce.number().int().min(50).max(3_600_000).default(fallback);
const { MONGODB_URI: _unused, ...shared } = sharedSettings;

const schema = z.object({
  ...processSettings,
  ...shared,
  KITCHEN_PORT: port.default(4008),
  /** Where a recipe is looked up that no message has told us of yet. */
  MENU_URL: url('http', 'https').default('http://127.0.0.1:4003/graphql'),
  /** How long a device has to answer a command, milliseconds. */
  KITCHEN_ACK_DEADLINE_MS: ms(2_500),
  /** How often a command is sent before its device counts as down. */
  KITCHEN_COMMAND_TRIES: z.coerce.number().int().min(1).max(20).default(3),
  /** A command that could not be given to its device for so long must not begin anything any more, milliseconds. */
  KITCHEN_COMMAND_TTL_MS: ms(10_000),
  /** A device that is not heard for so long counts as down, milliseconds. */
  KITCHEN_DEVICE_SILENCE_MS: ms(10_000),
  /** How long tickets wait for a kind of station of which none works, milliseconds. */
  KITCHEN_NO_STATION_MS: ms(20_000),
});

export type KitchenConfig = z.infer<typeof schema>;
export const readKitchenConfig = (env: Environment): KitchenConfig => readConfig('kitchen', schema, env);
