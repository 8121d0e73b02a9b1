import { text } from '@brigade/schema';
import { NotFound } from '@brigade/service-kit';
import { z } from 'zod';
import type { PaymentsDeps } from '../deps.ts';
import { PaymentNotRefundable, RefundKeyConflict } from '../payment/errors.ts';
import { unrequested } from '../payment/decide.ts';
import { PaymentSchema, RefundSchema, type PaymentRow } from '../store/entities.ts';
import { lockPayment } from '../store/payment-repository.ts';
import { requestRefund } from './give-back.ts';

const inputSchema = z.strictObject({
  paymentId: z.uuid('must be the id of a payment'),
  /** Absent: all that is left. */
  amountMinor: z.int().min(1).optional(),
  reason: text({ max: 500, multiline: true, trim: true }),
  /** Absent: each request is one of its own. */
  idempotencyKey: text({ max: 100 }).optional(),
});

/**
 * Asks for money to go back, in part or whole; staff only, which the caller has checked. The provider is asked after
 * the transaction, by the worker. The same idempotency key with the same amount asks once, however often it is sent.
 * @throws ZodError, NotFound, PaymentNotRefundable, RefundKeyConflict
 */
export async function refundPayment(deps: PaymentsDeps, input: unknown): Promise<PaymentRow> {
  const { paymentId, amountMinor, reason, idempotencyKey } = inputSchema.parse(input);
  await deps.store.transaction(async (tx) => {
    const payment = await lockPayment(tx, { id: paymentId });
    if (!payment) throw new NotFound(`There is no payment ${paymentId}.`);
    const requested = await tx.find(RefundSchema, { paymentId });
    const earlier = idempotencyKey && requested.find((refund) => refund.idempotencyKey === idempotencyKey);
    if (earlier) {
      if (amountMinor !== undefined && amountMinor !== earlier.amountMinor) throw new RefundKeyConflict();
      return;
    }
    if (payment.status !== 'CAPTURED')
      throw new PaymentNotRefundable(`A payment that is ${payment.status} can't be refunded.`);
    const left = unrequested(payment, requested);
    const amount = amountMinor ?? left;
    if (amount > left || amount === 0) throw new PaymentNotRefundable(`Only ${left} of it is left to refund.`);
    await requestRefund(tx, payment, amount, reason, idempotencyKey);
    deps.store.afterCommit(tx, deps.wakeWorker);
  });
  return deps.orm.em.fork().findOneOrFail(PaymentSchema, { id: paymentId });
}
