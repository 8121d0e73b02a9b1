import type { Runtime } from '../runtime.ts';
import { connectPostgres, pingPostgres, type PostgresOptions, type PostgresOrm } from './connect-postgres.ts';

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
  return orm;
}
