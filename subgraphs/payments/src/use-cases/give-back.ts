import type { EntityManager } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { PaymentsDeps } from '../deps.ts';
import { owedBack, settleRefund } from '../payment/decide.ts';
import { hasWork, refundKey } from '../payment/payment.ts';
import { PaymentSchema, RefundSchema, type PaymentRow } from '../store/entities.ts';
import { databaseNow, lockPayment, record } from '../store/payment-repository.ts';

/** Sends the refunds that were asked for; of an order that was called off, also one of all that is left. */
export async function giveBack(deps: PaymentsDeps, payment: PaymentRow): Promise<void> {
  if (payment.status === 'REFUNDING') await requestRest(deps, payment.id);
  await sendRefunds(deps, payment.id);
}

async function requestRest(deps: PaymentsDeps, id: string): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const payment = await lockPayment(tx, { id });
    if (!payment) return;
    const owed = owedBack(payment, await tx.find(RefundSchema, { paymentId: id }));
    if (owed > 0) await requestRefund(tx, payment, owed, 'the order was called off');
  });
}

export async function requestRefund(
  tx: EntityManager,
  payment: PaymentRow,
  amountMinor: number,
  reason: string,
  idempotencyKey?: string,
): Promise<void> {
  await tx.insert(RefundSchema, {
    id: uuidv7(),
    paymentId: payment.id,
    amountMinor,
    reason,
    status: 'REQUESTED',
    idempotencyKey: idempotencyKey ?? null,
    createdAt: databaseNow(),
  });
  await tx.nativeUpdate(PaymentSchema, { id: payment.id }, { nextAttemptAt: databaseNow() });
}

/** Sends every requested refund of the payment, under a key each. */
async function sendRefunds(deps: PaymentsDeps, paymentId: string): Promise<void> {
  const em = deps.orm.em.fork();
  const { chargeId, orderId } = await em.findOneOrFail(PaymentSchema, { id: paymentId });
  for (const refund of await em.find(RefundSchema, { paymentId, status: 'REQUESTED' }, { orderBy: { id: 'asc' } })) {
    if (!chargeId) throw new Error(`a refund without a charge: payment ${paymentId}`);
    await deps.provider.refund(refundKey(refund.id), { chargeId, amountMinor: refund.amountMinor, reference: orderId });
    await noteRefund(deps, paymentId, refund.id, refund.amountMinor);
  }
  await rest(deps.store, paymentId);
}

/**
 * Lets a payment rest in which nothing is left to do. It is locked first and looked at then: a refund that is asked for
 * at this moment is either seen here or makes the payment due again afterwards.
 */
export async function rest(store: PaymentsDeps['store'], id: string): Promise<void> {
  await store.transaction(async (tx) => {
    const payment = await lockPayment(tx, { id });
    if (!payment || hasWork(payment.status)) return;
    if ((await tx.count(RefundSchema, { paymentId: id, status: 'REQUESTED' })) > 0) return;
    await tx.nativeUpdate(PaymentSchema, { id }, { nextAttemptAt: null, attempts: 0 });
  });
}

async function noteRefund(deps: PaymentsDeps, paymentId: string, refundId: string, amountMinor: number): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const payment = await lockPayment(tx, { id: paymentId });
    const done = await tx.nativeUpdate(RefundSchema, { id: refundId, status: 'REQUESTED' }, { status: 'DONE' });
    if (!payment || done === 0) return;
    await record(deps, tx, payment, settleRefund(payment, amountMinor));
  });
}
