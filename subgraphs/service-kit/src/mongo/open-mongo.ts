import type { Runtime } from '../runtime.ts';
import { connectMongo, pingMongo, type MongoOptions, type MongoOrm } from './connect-mongo.ts';

/** The service's own database, with health; closed with the runtime. */
export async function openMongo(
  runtime: Runtime,
  config: { MONGODB_URI: string; BRIGADE_NAMESPACE: string },
  entities: MongoOptions['entities'],
): Promise<MongoOrm> {
  const orm = await connectMongo({
    uri: config.MONGODB_URI,
    database: `${config.BRIGADE_NAMESPACE}_${runtime.name}`,
    entities,
    log: runtime.log,
  });
  runtime.stack.defer('mongodb', () => orm.close(true));
  runtime.health.add('mongodb', () => pingMongo(orm));
  await pingMongo(orm);
  return orm;
}
