import type { PostgresOrm, RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import { validate as isUuid } from 'uuid';
import { mayAccess } from '../use-cases/cancel-order.ts';
import { OrderViewSchema, type OrderViewRow } from '../store/entities.ts';

const key = Symbol('orders');

/** Orders by id, in one query a request; null where there is none, or where the actor may not see it. */
export const orderLoader = (context: RequestContext, orm: PostgresOrm): DataLoader<string, OrderViewRow | null> =>
  context.once(
    key,
    () =>
      new DataLoader(async (ids: readonly string[]) => {
        const rows = await orm.em.fork().find(OrderViewSchema, { id: { $in: ids.filter(isUuid) } });
        const byId = new Map(rows.filter((row) => mayAccess(context.actor, row)).map((row) => [row.id, row]));
        return ids.map((id) => byId.get(id) ?? null);
      }),
  );
