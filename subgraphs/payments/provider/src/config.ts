import { listeningPort, processSettings, readConfig, type Environment } from '@brigade/service-kit/process';
import { z } from 'zod';

export const providerSettings = z.object({
  ...processSettings,
  PAYMENT_PROVIDER_PORT: listeningPort(4020),
  PAYMENT_PROVIDER_DATA: z.string().min(1).describe('Folder of the ledger.'),
});

export type ProviderConfig = z.infer<typeof providerSettings>;
export const readProviderConfig = (env: Environment): ProviderConfig =>
  readConfig('payment-provider', providerSettings, env);
