import type { Money } from '@brigade/schema';
import type { EntityManager } from '@brigade/service-kit';
import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuidv7 } from 'uuid';
import { hasWork, nextStatus, type PaymentEvent, type PaymentStatus } from '../payment/payment.ts';
import { PaymentSchema, type PaymentRow } from './entities.ts';

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
    `insert into payments (id, order_id, status) values (?, ?, 'EXPECTED') on conflict (order_id) do nothing`,
    [uuidv7(), orderId],
  );
  const payment = await lockPayment(tx, { orderId });
  if (!payment) throw new Error(`payment of order ${orderId} vanished`);
  return payment;
}

/** Carries a payment on and stores what else changed; a status with work in it is due at once. */
export async function advance(
  tx: EntityManager,
  payment: PaymentRow,
  event: PaymentEvent,
  changes: Partial<PaymentRow> = {},
): Promise<PaymentStatus> {
  const status = nextStatus(payment.status, event);
  const moved = status !== payment.status;
  await tx.nativeUpdate(
    PaymentSchema,
    { id: payment.id },
    {
      ...changes,
      status,
      updatedAt: new Date(),
      ...(moved && { attempts: 0, nextAttemptAt: hasWork(status) ? new Date() : null }),
    },
  );
  return status;
}

export const moneyOf = (payment: PaymentRow, amountMinor: number): Money => ({
  amountMinor,
  currency: payment.currency as Money['currency'],
});
