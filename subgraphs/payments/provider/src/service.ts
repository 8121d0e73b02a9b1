import {
  createRuntime,
  openWith,
  startOpsServer,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit/process';
import { readProviderConfig } from './config.ts';
import { Ledger } from './ledger.ts';
import { providerRoutes } from './routes.ts';

const name = 'payment-provider';

export const paymentProvider: ServiceDefinition = {
  name,
  async start(env): Promise<Service> {
    const config = readProviderConfig(env);
    const runtime = createRuntime(name, config);
    return openWith(runtime, async () => {
      const { health, metrics, errors, stack, log } = runtime;
      const ledger = await Ledger.open(config.PAYMENT_PROVIDER_DATA);
      stack.defer('ledger', () => ledger.close());
      const server = await startOpsServer({
        host: config.HOST,
        port: config.PAYMENT_PROVIDER_PORT,
        health,
        metrics,
        errors,
        routes: (app) => providerRoutes(app, ledger),
      });
      stack.defer('http', () => server.stop());
      log.info({ port: server.port }, 'listening');
      return { name, port: server.port, stop: () => stack.close() };
    });
  },
};
