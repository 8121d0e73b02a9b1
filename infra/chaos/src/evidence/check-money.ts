import type { Evidence, Violation } from './evidence.ts';

const settled = new Set(['CAPTURED', 'DECLINED', 'REFUNDED', 'VOIDED']);

/** By the provider's own book: charged once at most, and what is held is what is owed. */
export function checkMoney({ orders, ledger, payments }: Evidence): Violation[] {
  const found: Violation[] = [];
  const entries = Map.groupBy(
    ledger.filter(({ status }) => status === 'succeeded'),
    ({ reference }) => reference,
  );
  const paymentOf = new Map(payments.map((payment) => [payment.orderId, payment]));
  const known = new Set(orders.map(({ id }) => id));

  for (const orderId of entries.keys()) {
    if (!known.has(orderId))
      found.push({ kind: 'wrong', rule: 'nobody is charged without an order', detail: 'charged', orderId });
  }
  for (const { id: orderId, view, totalMinor } of orders) {
    const own = entries.get(orderId) ?? [];
    const sum = (kind: 'charge' | 'refund') =>
      own.filter((entry) => entry.kind === kind).reduce((total, { amountMinor }) => total + amountMinor, 0);
    const charges = own.filter(({ kind }) => kind === 'charge').length;
    const [captured, refunded] = [sum('charge'), sum('refund')];
    if (charges > 1)
      found.push({ kind: 'doubled', rule: 'at most one charge', detail: `${charges} of ${captured}`, orderId });
    const owed = view?.status === 'COMPLETED' ? totalMinor : 0;
    if (captured - refunded !== owed)
      found.push({
        kind: captured - refunded > owed ? 'doubled' : 'lost',
        rule: 'captured - refunded = what is owed',
        detail: `${captured} - ${refunded} at the provider, ${owed} owed (${view?.status})`,
        orderId,
      });
    const payment = paymentOf.get(orderId);
    if (!payment) found.push({ kind: 'lost', rule: 'every order has its payment', detail: 'no row', orderId });
    else if (payment.capturedMinor !== captured || payment.refundedMinor !== refunded || !settled.has(payment.status))
      found.push({
        kind: 'wrong',
        rule: "payments agree with the provider's book",
        detail: `${payment.status}, ${payment.capturedMinor} - ${payment.refundedMinor} here, ${captured} - ${refunded} there`,
        orderId,
      });
  }
  return found;
}
