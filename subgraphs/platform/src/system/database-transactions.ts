import type { PostgresOrm } from '@brigade/service-kit';
import type { Samples } from './prometheus-text.ts';

/** As a series: `transactions{service,outcome}`, outcome commit or rollback. */
export const TRANSACTIONS = 'transactions';

/**
 * What PostgreSQL has counted in the databases of services. Statistics are everyone's to read: no data of another service
 * is looked at.
 */
export async function readTransactions(
  orm: PostgresOrm,
  namespace: string,
  services: readonly string[],
): Promise<Samples> {
  if (services.length === 0) return new Map();
  const rows = await orm.em.fork().execute<{ datname: string; xact_commit: string; xact_rollback: string }[]>(
    `select datname, xact_commit, xact_rollback from pg_stat_database where datname in (${services.map(() => '?').join()})`,
    services.map((service) => `${namespace}_${service}`),
  );
  return new Map(
    rows.flatMap(({ datname, xact_commit, xact_rollback }) => {
      const service = datname.slice(namespace.length + 1);
      const sample = (outcome: string, count: string) =>
        [`${service} ${outcome}`, { name: TRANSACTIONS, labels: { service, outcome }, value: Number(count) }] as const;
      return [sample('commit', xact_commit), sample('rollback', xact_rollback)];
    }),
  );
}
