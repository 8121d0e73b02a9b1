import {
  listeningPort,
  processSettings,
  readConfig,
  sharedSettings,
  type Environment,
} from '@brigade/service-kit/process';
import { z } from 'zod';
import { parsePlannedFaults } from './kitchen/planned-faults.ts';

export const kitchenDeviceSettings = z.object({
  ...processSettings,
  AMQP_URL: sharedSettings.AMQP_URL,
  KITCHEN_DEVICE_PORT: listeningPort(4021),
  KITCHEN_PROFILE: z
    .enum(['default', 'load'])
    .default('default')
    .describe('`default`: 12 devices, 46 slots, 30 kitchen seconds per second; `load`: 20 devices, 800 slots, 120.'),
  KITCHEN_CLOCK: z.coerce
    .number()
    .positive()
    .max(1_000)
    .optional()
    .describe("Kitchen seconds per second; the profile's own unless set."),
  KITCHEN_SEED: z.coerce.number().int().default(1).describe("Of the sensors' noise and the slow firmware's delays."),
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
    })
    .describe(
      'Faults that come by themselves, e.g. `oven-2:HEATER_DEAD@120,fryer-1:POWER_LOSS@60-240` (kitchen seconds).',
    ),
  TELEMETRY_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(50)
    .max(60_000)
    .default(1_000)
    .describe('Between two telemetry messages of a device, milliseconds.'),
  KITCHEN_DEVICE_LOG: z
    .string()
    .optional()
    .describe('File to which every command that was heard and every event that was confirmed is appended.'),
});

export type KitchenDeviceConfig = z.infer<typeof kitchenDeviceSettings>;
export const readKitchenDeviceConfig = (env: Environment): KitchenDeviceConfig =>
  readConfig('kitchen-device', kitchenDeviceSettings, env);
