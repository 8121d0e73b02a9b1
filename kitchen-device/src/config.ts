import { port, processSettings, readConfig, sharedSettings, type Environment } from '@brigade/service-kit/process';
import { z } from 'zod';
import { parsePlannedFaults } from './kitchen/planned-faults.ts';

const schema = z.object({
  ...processSettings,
  AMQP_URL: sharedSettings.AMQP_URL,
  /** Health and metrics. */
  KITCHEN_DEVICE_PORT: port.default(4021),
  KITCHEN_PROFILE: z.enum(['default', 'load']).default('default'),
  /** Kitchen seconds per second; the profile's own unless set. */
  KITCHEN_CLOCK: z.coerce.number().positive().max(1_000).optional(),
  /** Of the sensors' noise and the slow firmware's delays. */
  KITCHEN_SEED: z.coerce.number().int().default(1),
  /** Faults that come by themselves, e.g. `oven-2:HEATER_DEAD@120,fryer-1:POWER_LOSS@60-240` (kitchen seconds). */
  KITCHEN_FAULTS: z
    .string()
    .default('')
    .transform((text, context) => {
      try {
        return parsePlannedFaults(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    }),
  /** Between two telemetry messages of a device, milliseconds. */
  TELEMETRY_INTERVAL_MS: z.coerce.number().int().min(50).max(60_000).default(1_000),
  /** File to which every command that was heard and every event that was confirmed is appended; none unless set. */
  KITCHEN_DEVICE_LOG: z.string().optional(),
});

export type KitchenDeviceConfig = z.infer<typeof schema>;
export const readKitchenDeviceConfig = (env: Environment): KitchenDeviceConfig =>
  readConfig('kitchen-device', schema, env);
