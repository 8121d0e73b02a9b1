import type { PostgresOrm, RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import { validate as isUuid } from 'uuid';
import { PaymentSchema, type PaymentRow } from '../store/entities.ts';
import { maySee } from './payment-from-row.ts';

type KeyField = 'id' | 'orderId';
const keys: Record<KeyField, symbol> = { id: Symbol('payments by id'), orderId: Symbol('payments by order') };

/** Payments by their id or their order's, in one query a request; null where there is none that the actor may see. */
export const paymentLoader = (
  context: RequestContext,
  orm: PostgresOrm,
  field: KeyField,
): DataLoader<string, PaymentRow | null> =>
  context.once(
    keys[field],
    () =>
      new DataLoader(async (ids: readonly string[]) => {
        const rows = await orm.em.fork().find(PaymentSchema, { [field]: { $in: ids.filter(isUuid) } });
        const byKey = new Map(rows.filter((row) => maySee(context.actor, row)).map((row) => [row[field], row]));
        return ids.map((id) => byKey.get(id) ?? null);
      }),
  );
