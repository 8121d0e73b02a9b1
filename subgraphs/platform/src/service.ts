import {
  Poller,
  buildSubgraph,
  createRuntime,
  openGraphql,
  openWith,
  postgresMigration,
  type Environment,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit';
import { consumeDeadLetters } from './capture/consume-dead-letters.ts';
import { readPlatformConfig } from './config.ts';
import { runConsole } from './console/run-console.ts';
import { platformSchema } from './graphql/schema.ts';
import { gaugeWaiting } from './observe/gauge-waiting.ts';
import { model, name, openPlatform } from './open-platform.ts';
import { readTransactions } from './system/database-transactions.ts';
import { SystemSampler } from './system/system-sampler.ts';
import { openDiningRoom } from './dining-room/open-dining-room.ts';
import { publishRedrives } from './use-cases/publish-redrives.ts';

async function start(env: Environment): Promise<Service> {
  const config = readPlatformConfig(env);
  const runtime = createRuntime(name, config);
  return openWith(runtime, async () => {
    const { log, metrics, stack } = runtime;
    const deps = await openPlatform(runtime, config, () => redrive.wake());
    gaugeWaiting(metrics, deps.orm, log);
    const redrive = new Poller({ name: 'redrive', intervalMs: 1_000, log, run: () => publishRedrives(deps) });
    stack.defer('redrive', () => redrive.stop());
    const capture = consumeDeadLetters({ ...deps, log, concurrency: config.CONSUMER_CONCURRENCY });
    stack.defer('dead letters', () => capture.stop());
    runtime.health.add('dead letters', () => capture.probe(), { optional: true });
    const system = new SystemSampler({
      targets: config.SYSTEM_TARGETS,
      readTransactions: (services) => readTransactions(deps.orm, config.BRIGADE_NAMESPACE, services),
      log,
    });
    stack.defer('system', () => system.close());
    const diningRoom = await openDiningRoom(runtime, deps.orm, config.ROUTER_URL, config.DINING_ROOM);
    const { schema } = await buildSubgraph(platformSchema({ ...deps, system, diningRoom }));
    return openGraphql(runtime, config, { port: config.PLATFORM_PORT, schema });
  });
}

export const platform: ServiceDefinition = {
  name,
  start,
  migrate: postgresMigration(name, readPlatformConfig, model),
  commands: { 'dead-letters': runConsole },
};
