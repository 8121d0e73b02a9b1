import { paymentCaptured, paymentDeclined, paymentRefunded, type Money } from '@brigade/schema';
import { createMessage, runInWork, type EntityManager } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { PaymentsDeps } from '../deps.ts';
import { captureKey, refundKey, type PaymentStatus } from '../payment/payment.ts';
import type { ProviderEntry } from '../provider-client/provider-client.ts';
import { PaymentMethodSchema, PaymentSchema, RefundSchema, type PaymentRow } from '../store/entities.ts';
import { advance, lockPayment } from '../store/payment-repository.ts';

/** How long a claimed payment is left to its worker before another may take it up, milliseconds. */
const LEASE_MS = 15_000;

/**
 * Takes up to `limit` payments that are due and does with the provider what their state asks for. A claim is a lease:
 * if this process dies, another asks the provider again under the same key. Answers whether there may be more.
 */
export async function workPayments(deps: PaymentsDeps, limit: number): Promise<boolean> {
  const claimed = await deps.orm.em.fork().execute<{ id: string }[]>(
    `update payments set next_attempt_at = now() + ? * interval '1 millisecond', attempts = attempts + 1
     where id in (
       select id from payments where next_attempt_at <= now() and user_id is not null
       order by next_attempt_at limit ? for update skip locked)
     returning id`,
    [LEASE_MS, limit],
  );
  const results = await Promise.allSettled(claimed.map(({ id }) => work(deps, id)));
  const failures = results.filter((result) => result.status === 'rejected');
  if (failures.length > 0 && failures.length === claimed.length) throw failures[0]?.reason;
  return claimed.length === limit;
}

async function work(deps: PaymentsDeps, id: string): Promise<void> {
  const payment = await deps.orm.em.fork().findOneOrFail(PaymentSchema, { id });
  const context = { correlationId: payment.orderId, causationId: payment.id, orderId: payment.orderId };
  await runInWork(context, async () => {
    try {
      if (payment.status === 'CAPTURING') await capture(deps, payment);
      else if (payment.status === 'UNWINDING') await unwind(deps, payment);
      else await giveBack(deps, payment);
    } catch (error) {
      await postpone(deps, payment);
      throw error;
    }
  });
}

async function capture(deps: PaymentsDeps, payment: PaymentRow): Promise<void> {
  const method = await deps.orm.em
    .fork()
    .findOne(PaymentMethodSchema, { id: payment.paymentMethodId ?? '', userId: payment.userId ?? '' });
  if (!method)
    return settle(deps, payment.id, {
      id: '',
      status: 'declined',
      amountMinor: 0,
      declineReason: 'unknown_payment_method',
    });
  const entry = await deps.provider.charge(captureKey(payment.id), {
    token: method.token,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    reference: payment.orderId,
  });
  await settle(deps, payment.id, entry);
}

/**
 * Called off while the answer was open: closes the key at the provider, which says whether money was taken before. A
 * charge that is still on its way finds the key closed, so it can't take anything later.
 */
async function unwind(deps: PaymentsDeps, payment: PaymentRow): Promise<void> {
  await settle(deps, payment.id, await deps.provider.voidCharge(captureKey(payment.id), payment.orderId));
}

/** Stores the provider's answer, whatever has become of the payment meanwhile. */
async function settle(deps: PaymentsDeps, id: string, entry: ProviderEntry): Promise<void> {
  const status = await deps.store.transaction(async (tx) => {
    const payment = await lockPayment(tx, { id });
    if (!payment || payment.chargeId) return payment?.status;
    if (entry.status === 'declined') return decline(deps, tx, payment, entry.declineReason ?? 'declined');
    const after = await advance(tx, payment, 'charged', { chargeId: entry.id, capturedMinor: entry.amountMinor });
    const amount = moneyOf(payment, entry.amountMinor);
    await deps.store.addToOutbox(tx, [
      createMessage(paymentCaptured, payment.orderId, { orderId: payment.orderId, paymentId: payment.id, amount }),
    ]);
    return after;
  });
  if (status === 'REFUNDING') deps.wakeWorker();
}

async function decline(
  deps: PaymentsDeps,
  tx: EntityManager,
  payment: PaymentRow,
  reason: string,
): Promise<PaymentStatus> {
  const status = await advance(tx, payment, 'declined', { declineReason: reason });
  if (status === 'DECLINED') {
    await deps.store.addToOutbox(tx, [
      createMessage(paymentDeclined, payment.orderId, { orderId: payment.orderId, paymentId: payment.id, reason }),
    ]);
  }
  return status;
}

/** Sends the refunds that were asked for; of an order that was called off, also one of all that is left. */
async function giveBack(deps: PaymentsDeps, payment: PaymentRow): Promise<void> {
  if (payment.status === 'REFUNDING') await requestRest(deps, payment.id);
  await sendRefunds(deps, payment.id);
}

async function requestRest(deps: PaymentsDeps, id: string): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const payment = await lockPayment(tx, { id });
    if (payment?.status !== 'REFUNDING') return;
    const requested = await tx.find(RefundSchema, { paymentId: id });
    const left = payment.capturedMinor - requested.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    if (left > 0) await requestRefund(tx, payment, left, 'the order was called off');
  });
}

export async function requestRefund(
  tx: EntityManager,
  payment: PaymentRow,
  amountMinor: number,
  reason: string,
): Promise<string> {
  const id = uuidv7();
  await tx.insert(RefundSchema, {
    id,
    paymentId: payment.id,
    amountMinor,
    reason,
    status: 'REQUESTED',
    createdAt: new Date(),
  });
  await tx.nativeUpdate(PaymentSchema, { id: payment.id }, { nextAttemptAt: new Date() });
  return id;
}

/** Sends every requested refund of the payment, under a key each, then lets the payment rest. */
async function sendRefunds(deps: PaymentsDeps, paymentId: string): Promise<void> {
  const em = deps.orm.em.fork();
  const { chargeId, orderId } = await em.findOneOrFail(PaymentSchema, { id: paymentId });
  for (const refund of await em.find(RefundSchema, { paymentId, status: 'REQUESTED' }, { orderBy: { id: 'asc' } })) {
    if (!chargeId) throw new Error(`a refund without a charge: payment ${paymentId}`);
    await deps.provider.refund(refundKey(refund.id), { chargeId, amountMinor: refund.amountMinor, reference: orderId });
    await settleRefund(deps, paymentId, refund.id, refund.amountMinor);
  }
  await em.execute(
    `update payments set next_attempt_at = null, attempts = 0 where id = ? and status in ('CAPTURED', 'REFUNDED')
     and not exists (select 1 from refunds where payment_id = payments.id and status = 'REQUESTED')`,
    [paymentId],
  );
}

async function settleRefund(
  deps: PaymentsDeps,
  paymentId: string,
  refundId: string,
  amountMinor: number,
): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const payment = await lockPayment(tx, { id: paymentId });
    const done = await tx.nativeUpdate(RefundSchema, { id: refundId, status: 'REQUESTED' }, { status: 'DONE' });
    if (!payment || done === 0) return;
    const refundedMinor = payment.refundedMinor + amountMinor;
    if (refundedMinor === payment.capturedMinor) await advance(tx, payment, 'all-refunded', { refundedMinor });
    else await tx.nativeUpdate(PaymentSchema, { id: paymentId }, { refundedMinor, updatedAt: new Date() });
    await deps.store.addToOutbox(tx, [
      createMessage(paymentRefunded, payment.orderId, {
        orderId: payment.orderId,
        paymentId,
        amount: moneyOf(payment, amountMinor),
        refundedTotal: moneyOf(payment, refundedMinor),
      }),
    ]);
  });
}

/** Exponential backoff with jitter, 0.25 s to 30 s, without end: the order's deadline calls it off if need be. */
async function postpone(deps: PaymentsDeps, { id, attempts }: PaymentRow): Promise<void> {
  const ms = Math.min(30_000, 250 * 2 ** Math.min(attempts, 10)) * (0.5 + Math.random() / 2);
  await deps.orm.em.fork().nativeUpdate(PaymentSchema, { id }, { nextAttemptAt: new Date(Date.now() + ms) });
}

const moneyOf = (payment: PaymentRow, amountMinor: number): Money => ({
  amountMinor,
  currency: payment.currency as Money['currency'],
});
