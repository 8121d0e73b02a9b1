import {
  listeningPort,
  processSettings,
  readConfig,
  sharedSettings,
  url,
  type Environment,
} from '@brigade/service-kit';
import { z } from 'zod';

const ms = (fallback: number) => z.coerce.number().int().min(50).max(3_600_000).default(fallback);
const { MONGODB_URI: _unused, ...shared } = sharedSettings;

export const kitchenSettings = z.object({
  ...processSettings,
  ...shared,
  KITCHEN_PORT: listeningPort(4008),
  MENU_URL: url('http', 'https')
    .default('http://127.0.0.1:4003/graphql')
    .describe('Where a recipe is looked up that no message has told us of yet.'),
  KITCHEN_ACK_DEADLINE_MS: ms(2_500).describe('How long a device has to answer a command, milliseconds.'),
  KITCHEN_COMMAND_TRIES: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(3)
    .describe('How often a command is sent before its device counts as down.'),
  KITCHEN_COMMAND_TTL_MS: ms(10_000).describe(
    'A command that could not be given to its device for so long must not begin anything any more, milliseconds.',
  ),
  KITCHEN_DEVICE_SILENCE_MS: ms(10_000).describe(
    'A device that is not heard for so long counts as down, milliseconds.',
  ),
  KITCHEN_NO_STATION_MS: ms(20_000).describe(
    'How long tickets wait for a kind of station of which none works before their orders fail, milliseconds.',
  ),
});

export type KitchenConfig = z.infer<typeof kitchenSettings>;
export const readKitchenConfig = (env: Environment): KitchenConfig => readConfig('kitchen', kitchenSettings, env);
