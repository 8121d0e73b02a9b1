import type { Logger, PostgresMessageStore, PostgresOrm } from '@brigade/service-kit';
import type { ProviderClient } from './provider-client/provider-client.ts';

/** What resolvers and use cases work with. */
export interface PaymentsDeps {
  orm: PostgresOrm;
  store: PostgresMessageStore;
  provider: ProviderClient;
  /** Tells the worker that there is something to do. */
  wakeWorker: () => void;
  log: Logger;
}
