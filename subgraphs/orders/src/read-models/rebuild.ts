import { EventStore, type EntityManager, type PostgresOrm, type RecordedEvent } from '@brigade/service-kit';
import type { Deadlines } from '../order/deadlines.ts';
import type { OrderEvent } from '../order/events.ts';
import { eventEvolution } from '../store/event-evolution.ts';
import { OrderViewSchema, TimelineSchema } from '../store/entities.ts';
import { readModelTables } from '../store/migrations.ts';
import { project } from './project.ts';

const CHUNK = 500;
const tables = ['order_views', 'order_timeline'] as const;

/**
 * Builds the read models anew from the event streams, compares them with the live ones, and puts their rows in place of
 * the live ones, all in one transaction: readers see the old ones until it commits. Writers wait, at their event, which
 * is the first thing that they write: so nobody holds what is wanted here while waiting for it. Answers how many orders
 * there are and whether anything differed.
 */
export async function rebuildReadModels(
  orm: PostgresOrm,
  deadlines: Deadlines,
): Promise<{ orders: number; identical: boolean }> {
  return orm.em.fork().transactional(async (tx) => {
    await tx.execute('lock table events in share mode');
    await tx.execute('create schema rebuild');
    for (const statement of readModelTables('rebuild.')) await tx.execute(statement);
    const streams = await tx.execute<{ stream_id: string }[]>(
      'select stream_id from events where version = 1 order by stream_id',
    );
    const store = new EventStore<OrderEvent>(eventEvolution);
    for (let start = 0; start < streams.length; start += CHUNK) {
      const ids = streams.slice(start, start + CHUNK).map(({ stream_id }) => stream_id);
      const histories: RecordedEvent<OrderEvent>[][] = await store.readMany(tx, ids);
      const projections = histories.map((history) => project(undefined, history, deadlines));
      const rows = {
        views: projections.map(({ view }) => view),
        timelines: projections.flatMap(({ timeline }) => timeline),
      };
      await tx.insertMany(OrderViewSchema, rows.views, { schema: 'rebuild' });
      await tx.insertMany(TimelineSchema, rows.timelines, { schema: 'rebuild' });
    }
    const identical = await replaceRows(tx);
    return { orders: streams.length, identical };
  });
}

/** Puts the new rows in the place of the live ones; answers whether they were the same. */
async function replaceRows(tx: EntityManager): Promise<boolean> {
  let same = true;
  for (const table of tables) {
    const [row] = await tx.execute<{ differing: string }[]>(
      `select (select count(*) from (table ${table} except table rebuild.${table}) a)
            + (select count(*) from (table rebuild.${table} except table ${table}) b) as differing`,
    );
    same &&= Number(row?.differing) === 0;
    await tx.execute(`delete from ${table}`);
    await tx.execute(`insert into ${table} table rebuild.${table}`);
  }
  await tx.execute('drop schema rebuild cascade');
  return same;
}
