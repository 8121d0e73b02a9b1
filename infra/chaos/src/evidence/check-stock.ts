import type { Evidence, Violation } from './evidence.ts';

/** No portion appears or disappears: what was there is on hand, or consumed by an order that was handed over. */
export function checkStock({ orders, stock, reservations }: Evidence): Violation[] {
  const found: Violation[] = [];
  for (const { ingredientId, initial, onHand, reserved, consumed } of stock) {
    const detail = `${ingredientId}: ${onHand} on hand + ${reserved} reserved + ${consumed} consumed, ${initial} at first`;
    if (onHand + reserved + consumed !== initial)
      found.push({
        kind: onHand + reserved + consumed < initial ? 'lost' : 'doubled',
        rule: 'on hand + reserved + consumed = initial',
        detail,
      });
    if (Math.min(onHand, reserved, consumed) < 0) found.push({ kind: 'doubled', rule: 'no level is negative', detail });
    if (reserved !== 0) found.push({ kind: 'lost', rule: 'nothing stays reserved when every order has ended', detail });
  }

  const statusOf = new Map(orders.map(({ id, view }) => [id, view?.status]));
  const used = new Map<string, number>();
  for (const { orderId, status, needs } of reservations) {
    const order = statusOf.get(orderId);
    if ((status === 'CONSUMED') !== (order === 'COMPLETED'))
      found.push({
        kind: 'wrong',
        rule: 'consumed if and only if handed over',
        detail: `the reservation is ${status}, the order ${order}`,
        orderId,
      });
    if (status !== 'CONSUMED') continue;
    for (const { ingredientId, quantity } of needs) used.set(ingredientId, (used.get(ingredientId) ?? 0) + quantity);
  }
  for (const { ingredientId, consumed } of stock) {
    if (consumed !== (used.get(ingredientId) ?? 0))
      found.push({
        kind: consumed > (used.get(ingredientId) ?? 0) ? 'doubled' : 'lost',
        rule: 'consumed is what the orders took',
        detail: `${ingredientId}: ${consumed} consumed, the orders took ${used.get(ingredientId) ?? 0}`,
      });
  }
  return found;
}
