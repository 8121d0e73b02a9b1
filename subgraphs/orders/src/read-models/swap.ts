import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager, PostgresOrm } from '@brigade/service-kit';

const tables = [
  { table: 'order_views', orderId: 'id' },
  { table: 'order_timeline', orderId: 'order_id' },
] as const;

/** Longest wait for a lock, milliseconds. Whoever waits behind us waits for so long at most. */
const LOCK_TIMEOUT_MS = 150;
const ATTEMPTS = 200;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/**
 * Puts the tables of the schema `rebuild` in the place of the live ones, after `finish` has brought them up to date
 * while nobody can append an event. If somebody holds what is wanted here, this gives way and tries again: requests
 * never wait for long, the rebuild may.
 * @returns what `finish` answered, and how long events could not be appended, milliseconds
 */
export async function swapTables<T>(
  orm: PostgresOrm,
  finish: (tx: EntityManager) => Promise<T>,
): Promise<T & { blockedMs: number }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await orm.em.fork().transactional(async (tx) => {
        await tx.execute(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
        await tx.execute('lock table events in share mode');
        const began = performance.now();
        const result = await finish(tx as EntityManager);
        for (const { table } of tables) {
          await tx.execute(`drop table ${table}`);
          await tx.execute(`alter table rebuild.${table} set schema public`);
        }
        return { ...result, blockedMs: Math.round(performance.now() - began) };
      });
    } catch (error) {
      if (attempt >= ATTEMPTS || !isInTheWay(error)) throw error;
      await delay(20 + Math.random() * 80);
    }
  }
}

function isInTheWay(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return code === LOCK_NOT_AVAILABLE || code === DEADLOCK || (cause instanceof Error && isInTheWay(cause));
}

/**
 * How many rows differ between the live and the new tables, in one snapshot.
 * @param ids only of these orders; else of all whose version is the same in both, the others having moved on
 */
export async function countDifferences(em: EntityManager, ids?: readonly string[]): Promise<number> {
  const settled =
    ids === undefined
      ? 'select v.id from order_views v join rebuild.order_views r on r.id = v.id and r.version = v.version'
      : 'select unnest(?::uuid[]) as id';
  const counts = tables.map(
    ({ table, orderId }) =>
      `(select count(*) from ((select * from ${table} where ${orderId} in (select id from settled)
          except select * from rebuild.${table} where ${orderId} in (select id from settled))
        union all (select * from rebuild.${table} where ${orderId} in (select id from settled)
          except select * from ${table} where ${orderId} in (select id from settled))) d)`,
  );
  const [row] = await em.execute<{ differing: string }[]>(
    `with settled as (${settled}) select ${counts.join(' + ')} as differing`,
    ids === undefined ? [] : [`{${ids.join(',')}}`],
  );
  return Number(row?.differing ?? 0);
}
