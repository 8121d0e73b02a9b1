import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { MAX_DRAIN_MS, maxIdleInTransactionMs } from '../messaging/drain-window.ts';
import type { Logger } from '../observe/logger.ts';
import { MendedClient } from './mended-client.ts';

const DUPLICATE_DATABASE = '42P04';

export type { EntityManager } from '@mikro-orm/postgresql';
export type PostgresOrm = MikroORM;

export interface PostgresOptions {
  /** Any database of the server; the service's own is named by `database`. */
  url: string;
  /** `<namespace>_<service>` */
  database: string;
  entities: NonNullable<Options['entities']>;
  /** In order; never edited once released. */
  migrations: NonNullable<NonNullable<Options['migrations']>['migrationsList']>;
  log: Logger;
  /** Connections at most. */
  pool?: number;
  /** How long a relay may publish one batch, milliseconds; a transaction may idle longer. */
  maxDrainMs?: number;
}

/** Opens the service's own PostgreSQL database through MikroORM. */
export async function connectPostgres(options: PostgresOptions): Promise<PostgresOrm> {
  const maxIdleMs = maxIdleInTransactionMs(options.maxDrainMs ?? MAX_DRAIN_MS);
  return (await MikroORM.init({
    clientUrl: options.url,
    dbName: options.database,
    entities: options.entities,
    pool: { min: 0, max: options.pool ?? 8 },
    extensions: [Migrator],
    migrations: { migrationsList: options.migrations, snapshot: false, tableName: 'migrations' },
    // A process that is stopped in mid-transaction must not hold its locks for ever.
    driverOptions: {
      options: `-c idle_in_transaction_session_timeout=${maxIdleMs} -c lock_timeout=10000`,
      onPoolCreated: (pool: { Client: unknown }) => {
        pool.Client = MendedClient;
      },
    },
    forceUtcTimezone: true,
    logger: (text: string) => options.log.debug(text),
    colors: false,
  } as Options)) as unknown as PostgresOrm;
}

/** Creates the database if it is missing and brings its tables up to date. Safe to run again, and by two at once. */
export async function migratePostgres(options: PostgresOptions): Promise<void> {
  const orm = await connectPostgres(options);
  try {
    await orm.schema.ensureDatabase().catch((error: { code?: string }) => {
      if (error.code !== DUPLICATE_DATABASE) throw error;
    });
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
}

export const pingPostgres = async (orm: PostgresOrm): Promise<void> => {
  await orm.em.fork().execute('select 1');
};
