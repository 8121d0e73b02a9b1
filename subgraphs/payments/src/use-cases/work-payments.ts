import { runInOrigin } from '@brigade/service-kit';
import type { PaymentsDeps } from '../deps.ts';
import { settleCharge, workOf, type ChargeAnswer, type Work } from '../payment/decide.ts';
import { captureKey } from '../payment/payment.ts';
import { PaymentMethodSchema, PaymentSchema, type PaymentRow } from '../store/entities.ts';
import { databaseNow, lockPayment, record } from '../store/payment-repository.ts';
import { giveBack } from './give-back.ts';

/** How long a claimed payment is left to its worker before another may take it up, milliseconds. */
const LEASE_MS = 15_000;

/**
 * Takes up to `limit` payments that are due and does with the provider what their state asks for. A claim is a lease:
 * if this process dies, another asks the provider again under the same key. Charging needs to know the order; closing the
 * key of one that was called off before it was heard of does not. Answers whether there may be more.
 */
export async function workPayments(deps: PaymentsDeps, limit: number): Promise<boolean> {
  const claimed = await deps.orm.em.fork().execute<{ id: string }[]>(
    `update payments set next_attempt_at = now() + ? * interval '1 millisecond', attempts = attempts + 1
     where id in (
       select id from payments where next_attempt_at <= now() and (user_id is not null or status = 'UNWINDING')
       order by next_attempt_at limit ? for update skip locked)
     returning id`,
    [LEASE_MS, limit],
  );
  const results = await Promise.allSettled(claimed.map(({ id }) => work(deps, id)));
  const failures = results.filter((result) => result.status === 'rejected');
  if (failures.length > 0 && failures.length === claimed.length) throw failures[0]?.reason;
  for (const { reason } of failures) deps.log.warn({ err: reason }, 'a payment has to be tried again');
  return claimed.length === limit;
}

const steps: Readonly<Record<Work, (deps: PaymentsDeps, payment: PaymentRow) => Promise<void>>> = {
  CHARGE: capture,
  VOID: unwind,
  GIVE_BACK: giveBack,
};

async function work(deps: PaymentsDeps, id: string): Promise<void> {
  const payment = await deps.orm.em.fork().findOneOrFail(PaymentSchema, { id });
  await runInOrigin(payment.origin ?? null, payment.orderId, payment.id, async () => {
    try {
      await steps[workOf(payment)](deps, payment);
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
async function settle(deps: PaymentsDeps, id: string, answer: ChargeAnswer): Promise<void> {
  await deps.store.transaction(async (tx) => {
    const payment = await lockPayment(tx, { id });
    const decision = payment && settleCharge(payment, answer);
    if (decision) await record(deps, tx, payment, decision);
  });
}

/**
 * Exponential backoff with jitter, 0.25 s to 30 s, without end: the order's deadline calls it off if need be. A payment
 * that has moved on meanwhile keeps the time that was set then: it may have ended, or be due at once.
 */
async function postpone(deps: PaymentsDeps, { id, status, attempts }: PaymentRow): Promise<void> {
  const ms = Math.min(30_000, 250 * 2 ** Math.min(attempts, 10)) * (0.5 + Math.random() / 2);
  await deps.orm.em.fork().nativeUpdate(PaymentSchema, { id, status }, { nextAttemptAt: databaseNow(ms) });
}
