import type { PostgresOrm, RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import { TimelineSchema, type TimelineRow } from '../store/entities.ts';

const key = Symbol('timelines');

/** Timelines of all orders of a request in one query. */
export const timelineLoader = (context: RequestContext, orm: PostgresOrm): DataLoader<string, TimelineRow[]> =>
  context.once(
    key,
    () =>
      new DataLoader(async (orderIds: readonly string[]) => {
        const rows = await orm.em
          .fork()
          .find(TimelineSchema, { orderId: { $in: [...orderIds] } }, { orderBy: { version: 'asc' } });
        const byOrder = Map.groupBy(rows, (row) => row.orderId);
        return orderIds.map((id) => byOrder.get(id) ?? []);
      }),
  );
