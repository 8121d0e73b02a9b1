import type { Metrics } from '../observe/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { createLogger } from '../observe/logger.ts';
import type { Environment } from '../config/read-config.ts';
import {
  connectPostgres,
  migratePostgres,
  pingPostgres,
  type PostgresOptions,
  type PostgresOrm,
} from './connect-postgres.ts';

export interface PostgresSettings {
  POSTGRES_URL: string;
  POSTGRES_POOL: number;
  BRIGADE_NAMESPACE: string;
}

export type PostgresModel = Pick<PostgresOptions, 'entities' | 'migrations'>;

export const postgresOptions = (
  name: string,
  config: PostgresSettings,
  model: PostgresModel,
  log: PostgresOptions['log'],
): PostgresOptions => ({
  url: config.POSTGRES_URL,
  database: `${config.BRIGADE_NAMESPACE}_${name}`,
  pool: config.POSTGRES_POOL,
  log,
  ...model,
});

/** The service's own database, with health; closed with the runtime. */
export async function openPostgres(
  runtime: Runtime,
  config: PostgresSettings,
  model: PostgresModel,
): Promise<PostgresOrm> {
  const orm = await connectPostgres(postgresOptions(runtime.name, config, model, runtime.log));
  runtime.stack.defer('postgres', () => orm.close(true));
  runtime.health.add('postgres', () => pingPostgres(orm));
  await pingPostgres(orm);
  await watchPool(orm, runtime.metrics);
  return orm;
}

/** How many connections the pool has, how many of them are idle, and how many callers wait for one. */
async function watchPool(orm: PostgresOrm, metrics: Metrics): Promise<void> {
  const pool = await orm.em.getDriver().getConnection().getNativeClient();
  metrics.onScrape(() => {
    metrics.poolConnections.set({ state: 'total' }, pool.totalCount);
    metrics.poolConnections.set({ state: 'idle' }, pool.idleCount);
    metrics.poolConnections.set({ state: 'waiting' }, pool.waitingCount);
  });
}

/** A service's `migrate`: creates or updates its own database. */
export const postgresMigration =
  (name: string, read: (env: Environment) => PostgresSettings & { LOG_LEVEL: string }, model: PostgresModel) =>
  async (env: Environment): Promise<void> => {
    const config = read(env);
    await migratePostgres(postgresOptions(name, config, model, createLogger(name, config.LOG_LEVEL)));
  };
