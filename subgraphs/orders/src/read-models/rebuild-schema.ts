import { DomainError, type EntityManager, type PostgresOrm } from '@brigade/service-kit';

/** One rebuild at a time; any constant will do, advisory locks are per database. */
const REBUILD_LOCK = 7_366_201;

export class RebuildUnderWay extends DomainError {
  readonly code = 'REBUILD_UNDER_WAY';
  constructor() {
    super('Another rebuild of the read models is running.');
  }
}

/**
 * Works with the given tables in a schema of their own, `rebuild`, which is there for as long as the work takes. What a
 * rebuild that was killed has left behind is dropped first.
 * @throws RebuildUnderWay
 */
export async function withRebuildSchema<T>(
  orm: PostgresOrm,
  tables: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  return orm.em.fork().transactional(async (lock) => {
    // The transaction does nothing but hold the lock; a connection that dies lets go of it.
    await lock.execute('set local idle_in_transaction_session_timeout = 0');
    const [row] = await lock.execute<{ held: boolean }[]>('select pg_try_advisory_xact_lock(?) as held', [
      REBUILD_LOCK,
    ]);
    if (!row?.held) throw new RebuildUnderWay();
    await drop(orm.em.fork());
    for (const statement of ['create schema rebuild', ...tables]) await orm.em.fork().execute(statement);
    try {
      return await work();
    } finally {
      await drop(orm.em.fork());
    }
  });
}

const drop = (em: EntityManager) => em.execute('drop schema if exists rebuild cascade');
