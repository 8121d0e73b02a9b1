import { EventStore, type EntityManager, type PostgresOrm } from '@brigade/service-kit';
import type { Deadlines } from '../order/deadlines.ts';
import type { OrderEvent } from '../order/events.ts';
import { eventEvolution } from '../store/event-evolution.ts';
import { OrderViewSchema, TimelineSchema } from '../store/entities.ts';
import { readModelTables } from '../store/read-model-tables.ts';
import { project } from './project.ts';
import { withRebuildSchema } from './rebuild-schema.ts';
import { countDifferences, swapTables } from './swap.ts';

const CHUNK = 500;
/** So few streams are caught up with while writers wait. */
const FEW = 200;

export interface Rebuilt {
  orders: number;
  /** Whether the new rows are those that stood there before. */
  identical: boolean;
  /** How long writers waited at most, milliseconds. */
  blockedMs: number;
}

/**
 * Builds the read models anew from the event streams, beside the live ones, and swaps them in. Nobody waits while it
 * reads: streams that grow meanwhile are done again, until only a few are left; these are done while writers wait, for
 * some milliseconds, and the new tables take the place of the old ones in the same transaction.
 * @throws RebuildUnderWay when another one is running
 */
export async function rebuildReadModels(orm: PostgresOrm, deadlines: Deadlines): Promise<Rebuilt> {
  const store = new EventStore<OrderEvent>(eventEvolution);
  const rebuild = async (tx: EntityManager, ids: readonly string[]): Promise<void> => {
    await tx.execute('delete from rebuild.order_views where id = any(?::uuid[])', [uuids(ids)]);
    await tx.execute('delete from rebuild.order_timeline where order_id = any(?::uuid[])', [uuids(ids)]);
    const histories = await store.readMany(tx, ids);
    const projections = histories.map((history) => project(undefined, history, deadlines));
    await tx.insertMany(
      OrderViewSchema,
      projections.map(({ view }) => view),
      { schema: 'rebuild' },
    );
    await tx.insertMany(
      TimelineSchema,
      projections.flatMap(({ timeline }) => timeline),
      { schema: 'rebuild' },
    );
  };

  return withRebuildSchema(orm, readModelTables('rebuild.'), async () => {
    for (let behind = await streamsBehind(orm.em.fork()); behind.length > FEW;) {
      for (let start = 0; start < behind.length; start += CHUNK) {
        await orm.em.fork().transactional((tx) => rebuild(tx as EntityManager, behind.slice(start, start + CHUNK)));
      }
      behind = await streamsBehind(orm.em.fork());
    }
    const differing = await countDifferences(orm.em.fork());
    return swapTables(orm, async (tx) => {
      const last = await streamsBehind(tx);
      if (last.length > 0) await rebuild(tx, last);
      const [row] = await tx.execute<{ orders: number }[]>('select count(*)::int as orders from rebuild.order_views');
      const differingLast = await countDifferences(tx, last);
      return { orders: row?.orders ?? 0, identical: differing + differingLast === 0 };
    });
  });
}

/** Streams that have events which the new read models do not know yet. */
async function streamsBehind(em: EntityManager): Promise<string[]> {
  const rows = await em.execute<{ stream_id: string }[]>(
    `select e.stream_id from (select stream_id, max(version) as version from events group by stream_id) e
     left join rebuild.order_views v on v.id = e.stream_id
     where v.version is distinct from e.version order by e.stream_id`,
  );
  return rows.map(({ stream_id }) => stream_id);
}

const uuids = (ids: readonly string[]): string => `{${ids.join(',')}}`;
