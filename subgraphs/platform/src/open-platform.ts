import { PostgresMessageStore, openBroker, openPostgres, type Runtime } from '@brigade/service-kit';
import type { PlatformConfig } from './config.ts';
import type { PlatformDeps } from './deps.ts';
import { entities } from './store/entities.ts';
import { Migration20261121DeadLetters, Migration20261121DiningRoom } from './store/migrations.ts';

export const name = 'platform';
export const model = { entities, migrations: [Migration20261121DeadLetters, Migration20261121DiningRoom] };

/** Opens what the service and its command line both need: the database and the broker. */
export async function openPlatform(
  runtime: Runtime,
  config: PlatformConfig,
  wakeRedrive: () => void,
): Promise<PlatformDeps> {
  const orm = await openPostgres(runtime, config, model);
  const store = new PostgresMessageStore(orm, name);
  const broker = await openBroker(runtime, config);
  return { orm, store, broker, wakeRedrive };
}
