import {
  Cache,
  MongoMessageStore,
  buildSubgraph,
  createLogger,
  createRuntime,
  migrateMongo,
  openGraphql,
  openMessaging,
  openMongo,
  openRedis,
  openWith,
  withRuntime,
  type Environment,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit';
import { readMenuConfig } from './config.ts';
import { menuSchema } from './graphql/schema.ts';
import { consumes } from './messaging/consumes.ts';
import { seedMenu } from './seed/seed-menu.ts';
import { entities } from './store/entities.ts';

const name = 'menu';

async function start(env: Environment): Promise<Service> {
  const config = readMenuConfig(env);
  const runtime = createRuntime(name, config);
  return openWith(runtime, async () => {
    const { log, metrics } = runtime;
    const orm = await openMongo(runtime, config, entities);
    const redis = await openRedis(runtime, config);
    const store = new MongoMessageStore(orm, name);
    const cache = new Cache({ name, redis, ttlSeconds: config.MENU_CACHE_SECONDS, metrics, log });
    await openMessaging(runtime, config, store, { consumer: name, handlers: consumes(cache) });
    const { schema } = await buildSubgraph(menuSchema({ orm, store, cache }));
    return openGraphql(runtime, config, { port: config.MENU_PORT, schema });
  });
}

export const menu: ServiceDefinition = {
  name,
  start,
  async migrate(env) {
    const config = readMenuConfig(env);
    await migrateMongo({
      uri: config.MONGODB_URI,
      database: `${config.BRIGADE_NAMESPACE}_${name}`,
      entities,
      log: createLogger(name, config.LOG_LEVEL),
    });
  },
  async seed(env) {
    const config = readMenuConfig(env);
    await withRuntime(name, config, async (runtime) =>
      seedMenu(new MongoMessageStore(await openMongo(runtime, config, entities), name)),
    );
  },
};
