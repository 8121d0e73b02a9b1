import {
  listeningPort,
  processSettings,
  readConfig,
  sharedSettings,
  url,
  type Environment,
} from '@brigade/service-kit';
import { z } from 'zod';

const { MONGODB_URI: _mongo, REDIS_URL: _redis, ...shared } = sharedSettings;

export const paymentsSettings = z.object({
  ...processSettings,
  ...shared,
  PAYMENTS_PORT: listeningPort(4007),
  PAYMENT_PROVIDER_URL: url('http', 'https').default('http://127.0.0.1:4020').describe('The payment provider.'),
  PROVIDER_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(3_000)
    .describe('How long the provider may take to answer, milliseconds.'),
  PROVIDER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8).describe('Provider calls at once.'),
});

export type PaymentsConfig = z.infer<typeof paymentsSettings>;
export const readPaymentsConfig = (env: Environment): PaymentsConfig => readConfig('payments', paymentsSettings, env);
