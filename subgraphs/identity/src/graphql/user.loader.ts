import type { PostgresOrm, RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import { z } from 'zod';
import { AccountSchema, type Account } from '../store/entities.ts';

const key = Symbol('accounts');
const isUuid = (id: string): boolean => z.uuid().safeParse(id).success;

/** Accounts by id, in one query a request; null where there is none. */
export const accountLoader = (context: RequestContext, orm: PostgresOrm): DataLoader<string, Account | null> =>
  context.once(
    key,
    () =>
      new DataLoader(async (ids: readonly string[]) => {
        const rows = await orm.em.fork().find(AccountSchema, { id: { $in: ids.filter(isUuid) } });
        const byId = new Map(rows.map((row) => [row.id, row]));
        return ids.map((id) => byId.get(id) ?? null);
      }),
  );
