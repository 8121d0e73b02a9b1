import { Migration } from '@mikro-orm/migrations';
import { defineEntity, p } from '@mikro-orm/postgresql';
import {
  MongoMessageStore,
  PostgresMessageStore,
  connectMongo,
  connectPostgres,
  createLogger,
  messagingTables,
  migrateMongo,
  migratePostgres,
  type MessageStore,
} from '../src/index.ts';
import { serverUrl, testNamespace } from './test-runtime.ts';

const log = createLogger('test', 'silent');

class Messaging extends Migration {
  override up(): void {
    for (const statement of messagingTables) this.addSql(statement);
  }
}
const Unused = defineEntity({ name: 'Unused', properties: { id: p.integer().primary() } });

/** Two stores of the service `kitchen` on one database, which is not called after it. */
export type OpenStores = (
  maxDrainMs?: number,
) => Promise<{ stores: MessageStore<unknown>[]; close: () => Promise<void> }>;

/** The adapters of the message store, by their database. */
export const messageStores: Readonly<Record<string, OpenStores>> = {
  async PostgreSQL(maxDrainMs) {
    const options = {
      url: serverUrl('POSTGRES_URL'),
      database: `${testNamespace()}_kitchen_copy`,
      entities: [Unused],
      migrations: [Messaging],
      log,
      ...(maxDrainMs && { maxDrainMs }),
    };
    await migratePostgres(options);
    await migratePostgres(options);
    const orms = await Promise.all([connectPostgres(options), connectPostgres(options)]);
    return {
      stores: orms.map((orm) => new PostgresMessageStore(orm, 'kitchen', maxDrainMs) as MessageStore<unknown>),
      close: async () => void (await Promise.all(orms.map((orm) => orm.close(true)))),
    };
  },
  async MongoDB(maxDrainMs) {
    const database = `${testNamespace()}_kitchen_copy`;
    const options = { uri: serverUrl('MONGODB_URI'), database, entities: [], log };
    await migrateMongo(options);
    await migrateMongo(options);
    const orms = await Promise.all([connectMongo(options), connectMongo(options)]);
    return {
      stores: orms.map((orm) => new MongoMessageStore(orm, 'kitchen', maxDrainMs) as MessageStore<unknown>),
      close: async () => void (await Promise.all(orms.map((orm) => orm.close(true)))),
    };
  },
};
