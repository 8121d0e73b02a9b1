import {
  Cache,
  Poller,
  PostgresMessageStore,
  buildSubgraph,
  createRuntime,
  openGraphql,
  openMessaging,
  openPostgres,
  openRedis,
  openWith,
  withRuntime,
  postgresMigration,
  type Environment,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit';
import { readInventoryConfig } from './config.ts';
import type { InventoryDeps } from './deps.ts';
import { inventorySchema } from './graphql/schema.ts';
import { consumes } from './messaging/consumes.ts';
import { lookUpRecipeAt } from './recipes/recipes.ts';
import { seedIngredients } from './seed.ts';
import { entities } from './store/entities.ts';
import { Migration20261121Initial } from './store/migrations.ts';
import { expireReservations } from './use-cases/expire-reservations.ts';

const name = 'inventory';
const model = { entities, migrations: [Migration20261121Initial] };

async function start(env: Environment): Promise<Service> {
  const config = readInventoryConfig(env);
  const runtime = createRuntime(name, config);
  return openWith(runtime, async () => {
    const { log, metrics, stack } = runtime;
    const orm = await openPostgres(runtime, config, model);
    const redis = await openRedis(runtime, config);
    const store = new PostgresMessageStore(orm, name);
    const deps: InventoryDeps = {
      orm,
      store,
      levels: new Cache({ name: 'levels', redis, ttlSeconds: 1, metrics, log }),
      lookUpRecipe: lookUpRecipeAt(config.MENU_URL, config.ACTOR_SECRET),
      reservationTtlMs: config.RESERVATION_TTL * 1_000,
      log,
    };
    await openMessaging(runtime, config, store, { consumer: name, handlers: consumes(deps) });
    const expiry = new Poller({
      name: 'reservation expiry',
      intervalMs: 1_000,
      log,
      run: () => expireReservations(deps),
    });
    stack.defer('reservation expiry', () => expiry.stop());
    const { schema } = await buildSubgraph(inventorySchema(deps));
    return openGraphql(runtime, config, { port: config.INVENTORY_PORT, schema });
  });
}

export const inventory: ServiceDefinition = {
  name,
  start,
  migrate: postgresMigration(name, readInventoryConfig, model),
  async seed(env) {
    const config = readInventoryConfig(env);
    await withRuntime(name, config, async (runtime) => seedIngredients(await openPostgres(runtime, config, model)));
  },
};
