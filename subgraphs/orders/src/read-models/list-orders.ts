import { decodeIdCursor, encodeCursor, pageOf, type Page, type PostgresOrm } from '@brigade/service-kit';
import { raw } from '@mikro-orm/postgresql';
import { orderFromView } from '../graphql/order-from-view.ts';
import type { Order } from '../graphql/order.type.ts';
import { OrderViewSchema } from '../store/entities.ts';
import { idsBeginning, patternOf } from './search-text.ts';

export interface OrderQuery {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly status?: string;
  readonly statuses?: readonly string[];
  readonly customerId?: string;
  readonly placedFrom?: Date;
  readonly placedTo?: Date;
  /** The beginning of an id, or a part of a dish's name or of the city. */
  readonly search?: string;
}

/** A page of orders, newest first; ids are UUIDv7, so their order is that of placing. */
export async function listOrders(orm: PostgresOrm, query: OrderQuery): Promise<Page<Order>> {
  const { first, after, status, statuses, customerId, placedFrom, placedTo, search } = query;
  const conditions = [
    status && { status },
    statuses && { status: { $in: [...statuses] } },
    customerId && { customerId },
    placedFrom && { placedAt: { $gte: placedFrom } },
    placedTo && { placedAt: { $lt: placedTo } },
    search && found(search),
    after && { id: { $lt: decodeIdCursor(after) } },
  ];
  const rows = await orm.em
    .fork()
    .find(
      OrderViewSchema,
      { $and: conditions.filter((condition): condition is object => Boolean(condition)) },
      { orderBy: { id: 'desc' }, limit: first + 1 },
    );
  return pageOf(rows.map(orderFromView), first, after, ({ id }) => encodeCursor([id]));
}

function found(text: string): object {
  const ids = idsBeginning(text);
  const byId = ids && { id: { $gte: ids.first, $lte: ids.last } };
  // A whole id: nothing else has to be looked through.
  if (byId && ids.first === ids.last) return byId;
  const pattern = patternOf(text);
  const inText = raw(
    (alias) => `(${alias}.delivery_address->>'city' ilike ? or exists (
      select 1 from jsonb_array_elements(${alias}.lines) line where line->>'name' ilike ?))`,
    [pattern, pattern],
  );
  return { $or: [...(byId ? [byId] : []), { [inText]: [] }] };
}
