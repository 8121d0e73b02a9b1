import type { PayloadOf, orderPlaced } from '@brigade/schema';
import type { EntityManager } from '@brigade/service-kit';
import type { PaymentsDeps } from '../deps.ts';
import { hear } from '../payment/decide.ts';
import { hasWork } from '../payment/payment.ts';
import { PaymentSchema } from '../store/entities.ts';
import { ensurePayment, record } from '../store/payment-repository.ts';

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
  if (hasWork(payment.status)) deps.store.afterCommit(tx, deps.wakeWorker);
}

/** The stock is set aside: ask for the money. Or the order is off: what was taken goes back, and no more is taken. */
export async function takeNews(
  deps: PaymentsDeps,
  tx: EntityManager,
  orderId: string,
  event: 'stock-reserved' | 'called-off',
): Promise<void> {
  const payment = await ensurePayment(tx, orderId);
  await record(deps, tx, payment, hear(payment, event));
}
