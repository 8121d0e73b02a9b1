import type { PayloadOf, orderPlaced } from '@brigade/schema';
import type { EntityManager } from '@brigade/service-kit';
import type { PaymentsDeps } from '../deps.ts';
import { PaymentSchema } from '../store/entities.ts';
import { advance, ensurePayment } from '../store/payment-repository.ts';

/** Notes what an order costs and how it is paid. If its stock was reported first, capturing can begin. */
export async function expectPayment(
  deps: PaymentsDeps,
  tx: EntityManager,
  order: PayloadOf<typeof orderPlaced>,
): Promise<void> {
  const payment = await ensurePayment(tx, order.orderId);
  if (payment.userId) return;
  await tx.nativeUpdate(
    PaymentSchema,
    { id: payment.id },
    {
      userId: order.customerId,
      paymentMethodId: order.paymentMethodId,
      amountMinor: order.total.amountMinor,
      currency: order.total.currency,
    },
  );
  if (payment.status === 'CAPTURING') deps.store.afterCommit(tx, deps.wakeWorker);
}

/** The stock is set aside: ask for the money. */
export async function beginCapture(deps: PaymentsDeps, tx: EntityManager, orderId: string): Promise<void> {
  const payment = await ensurePayment(tx, orderId);
  if ((await advance(tx, payment, 'stock-reserved')) === 'CAPTURING') deps.store.afterCommit(tx, deps.wakeWorker);
}

/** The order is off: whatever was taken goes back, and nothing more is taken. */
export async function callOff(deps: PaymentsDeps, tx: EntityManager, orderId: string): Promise<void> {
  const payment = await ensurePayment(tx, orderId);
  await advance(tx, payment, 'called-off');
  deps.store.afterCommit(tx, deps.wakeWorker);
}
