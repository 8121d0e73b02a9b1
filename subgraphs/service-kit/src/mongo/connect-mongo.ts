import { MikroORM, type EntityManager, type Options } from '@mikro-orm/mongodb';
import type { Logger } from '../observe/logger.ts';
import { inboxSchema, outboxSchema } from './messaging-collections.ts';

export type MongoOrm = MikroORM;
export type MongoEntityManager = EntityManager;

export interface MongoOptions {
  uri: string;
  /** `<namespace>_<service>` */
  database: string;
  entities: NonNullable<Options['entities']>;
  log: Logger;
}

/**
 * Opens the service's own MongoDB database through MikroORM, the outbox and inbox collections included.
 * Transactions need a replica set; a single node will do.
 */
export async function connectMongo({ uri, database, entities, log }: MongoOptions): Promise<MongoOrm> {
  return MikroORM.init({
    clientUrl: uri,
    dbName: database,
    entities: [...(entities as never[]), outboxSchema, inboxSchema],
    implicitTransactions: true,
    logger: (text: string) => log.debug(text),
    colors: false,
  } as Options);
}

/** Creates the collections and indexes that are missing. Safe to run again. */
export async function migrateMongo(options: MongoOptions): Promise<void> {
  const orm = await connectMongo(options);
  try {
    await orm.schema.create();
    await orm.schema.ensureIndexes();
  } finally {
    await orm.close(true);
  }
}

export const pingMongo = async (orm: MongoOrm): Promise<void> => {
  await orm.em.getDriver().getConnection().getDb().command({ ping: 1 });
};
