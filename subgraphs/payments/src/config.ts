import { port, processSettings, readConfig, sharedSettings, url, type Environment } from '@brigade/service-kit';
import { z } from 'zod';

const { MONGODB_URI: _mongo, REDIS_URL: _redis, ...shared } = sharedSettings;

const schema = z.object({
  ...processSettings,
  ...shared,
  PAYMENTS_PORT: port.default(4007),
  PAYMENT_PROVIDER_URL: url('http', 'https').default('http://127.0.0.1:4020'),
  /** How long the provider may take to answer, milliseconds. */
  PROVIDER_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(3_000),
  /** Provider calls at once. */
  PROVIDER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8),
});

export type PaymentsConfig = z.infer<typeof schema>;
export const readPaymentsConfig = (env: Environment): PaymentsConfig => readConfig('payments', schema, env);
