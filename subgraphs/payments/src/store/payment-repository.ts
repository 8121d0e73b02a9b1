import { currentOrigin, type EntityManager } from '@brigade/service-kit';
import { LockMode, raw } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import type { PaymentsDeps } from '../deps.ts';
import { messageOf } from '../messaging/publishes.ts';
import type { Decision } from '../payment/decide.ts';
import { PaymentSchema, type PaymentRow } from './entities.ts';

/** The database's clock, `inMs` milliseconds from now. */
export const databaseNow = (inMs = 0) => raw<Date>(`now() + ? * interval '1 millisecond'`, [inMs]);

/** The order's payment, locked until the transaction ends. */
export const lockPayment = (
  tx: EntityManager,
  where: { orderId: string } | { id: string },
): Promise<PaymentRow | null> => tx.findOne(PaymentSchema, where, { lockMode: LockMode.PESSIMISTIC_WRITE });

/**
 * The order's payment, made if this is the first that is heard of the order: messages of one order may come in any
 * order, and each must find its place.
 */
export async function ensurePayment(tx: EntityManager, orderId: string): Promise<PaymentRow> {
  await tx.execute(
    `insert into payments (id, order_id, status, origin) values (?, ?, 'EXPECTED', ?::jsonb)
     on conflict (order_id) do nothing`,
    [uuidv7(), orderId, JSON.stringify(currentOrigin())],
  );
  const payment = await lockPayment(tx, { orderId });
  if (!payment) throw new Error(`payment of order ${orderId} vanished`);
  return payment;
}

/**
 * Stores a decision and, with it, what others are to be told. Times are the database's, which every instance shares: a
 * process whose own clock is wrong makes nothing due too early or too late.
 */
export async function record(
  { store, wakeWorker }: Pick<PaymentsDeps, 'store' | 'wakeWorker'>,
  tx: EntityManager,
  payment: PaymentRow,
  { status, changes, due, news }: Decision,
): Promise<void> {
  await tx.nativeUpdate(
    PaymentSchema,
    { id: payment.id },
    {
      ...changes,
      status,
      updatedAt: databaseNow(),
      ...(due !== 'AS_BEFORE' && { attempts: 0, nextAttemptAt: due === 'NOW' ? databaseNow() : null }),
    },
  );
  await store.addToOutbox(
    tx,
    news.map((one) => messageOf(payment, one)),
  );
  if (due === 'NOW') store.afterCommit(tx, wakeWorker);
}
