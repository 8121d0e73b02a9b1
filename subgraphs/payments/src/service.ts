import {
  Poller,
  PostgresMessageStore,
  buildSubgraph,
  createRuntime,
  openGraphql,
  openMessaging,
  openPostgres,
  openWith,
  postgresMigration,
  type Environment,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit';
import { readPaymentsConfig } from './config.ts';
import type { PaymentsDeps } from './deps.ts';
import { paymentsSchema } from './graphql/schema.ts';
import { consumes } from './messaging/consumes.ts';
import { providerDuration } from './provider-client/provider-duration.ts';
import { ProviderClient } from './provider-client/provider-client.ts';
import { entities } from './store/entities.ts';
import { Migration20261121Initial, Migration20261121RefundKeys, Migration20261122Origins } from './store/migrations.ts';
import { workPayments } from './use-cases/work-payments.ts';

const name = 'payments';
const model = {
  entities,
  migrations: [Migration20261121Initial, Migration20261121RefundKeys, Migration20261122Origins],
};

async function start(env: Environment): Promise<Service> {
  const config = readPaymentsConfig(env);
  const runtime = createRuntime(name, config);
  return openWith(runtime, async () => {
    const { log, metrics, stack } = runtime;
    const orm = await openPostgres(runtime, config, model);
    const store = new PostgresMessageStore(orm, name);
    const provider = new ProviderClient(
      config.PAYMENT_PROVIDER_URL,
      config.PROVIDER_TIMEOUT_MS,
      providerDuration(metrics),
    );
    const deps: PaymentsDeps = { orm, store, provider, wakeWorker: () => worker.wake(), log };
    const worker = new Poller({
      name: 'payment worker',
      intervalMs: 500,
      maxBackoffMs: 2_000,
      log,
      run: () => workPayments(deps, config.PROVIDER_CONCURRENCY),
    });
    stack.defer('payment worker', () => worker.stop());
    await openMessaging(runtime, config, store, { consumer: name, handlers: consumes(deps) });
    const { schema } = await buildSubgraph(paymentsSchema(deps));
    return openGraphql(runtime, config, { port: config.PAYMENTS_PORT, schema });
  });
}

export const payments: ServiceDefinition = {
  name,
  start,
  migrate: postgresMigration(name, readPaymentsConfig, model),
};
