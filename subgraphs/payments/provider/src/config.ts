import { port, processSettings, readConfig, type Environment } from '@brigade/service-kit/process';
import { z } from 'zod';

const schema = z.object({
  ...processSettings,
  PAYMENT_PROVIDER_PORT: port.default(4020),
  /** Folder of the ledger. */
  PAYMENT_PROVIDER_DATA: z.string().min(1),
});

export type ProviderConfig = z.infer<typeof schema>;
export const readProviderConfig = (env: Environment): ProviderConfig => readConfig('payment-provider', schema, env);
