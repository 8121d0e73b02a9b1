import type { Evidence, Violation } from './evidence.ts';

const terminal = new Set(['COMPLETED', 'REJECTED', 'CANCELLED', 'FAILED']);
/** Where an order may go from each status, over any number of steps. */
const rank: Record<string, number> = {
  PLACED: 0,
  CONFIRMED: 1,
  PAID: 2,
  COOKING: 3,
  READY: 4,
  COMPLETED: 5,
  REJECTED: 5,
  CANCELLED: 5,
  FAILED: 5,
};
/** Events that end an order; a second one, or READY after one, is a contradiction. */
const endings = new Set([
  'OrderCancelled',
  'OrderExpired',
  'OrderCompleted',
  'StockRejected',
  'PaymentDeclined',
  'CookingFailed',
]);

/** Every order that a client was told of exists and has ended; none exists that nobody asked for; streams are whole. */
export function checkOrders({ told, orders, readModelsIdentical, seen }: Evidence): Violation[] {
  const found: Violation[] = [];
  const byId = new Map(orders.map((order) => [order.id, order]));
  const attempted = new Set(told.map(({ key }) => key));
  const idsOfKey = Map.groupBy(
    orders.flatMap(({ id, keys }) => keys.map((key) => ({ id, key }))),
    ({ key }) => key,
  );

  for (const { key, outcome, orderId, cancel } of told) {
    const ids = (idsOfKey.get(key) ?? []).map(({ id }) => id);
    if (ids.length > 1) found.push({ kind: 'doubled', rule: 'one order a key', detail: `${key}: ${ids.join(', ')}` });
    if (outcome !== 'acknowledged' || orderId === undefined) {
      if (outcome === 'refused' && ids.length > 0)
        found.push({ kind: 'wrong', rule: 'refused means not placed', detail: key, orderId: ids[0] as string });
      continue;
    }
    const order = byId.get(orderId);
    if (!order) found.push({ kind: 'lost', rule: 'acknowledged orders exist', detail: key, orderId });
    else if (!ids.includes(orderId))
      found.push({ kind: 'wrong', rule: 'an order belongs to its key', detail: key, orderId });
    if (order && cancel === 'acknowledged' && order.view?.status !== 'CANCELLED')
      found.push({
        kind: 'lost',
        rule: 'a cancellation that was acknowledged stands',
        detail: `it is ${order.view?.status}`,
        orderId,
      });
  }

  for (const order of orders) {
    const { id: orderId, view, events, keys } = order;
    if (!keys.some((key) => attempted.has(key)))
      found.push({ kind: 'wrong', rule: 'no order that nobody attempted', detail: keys.join(', '), orderId });
    const versions = events.map(({ version }) => version);
    if (versions.some((version, index) => version !== index + 1))
      found.push({ kind: 'lost', rule: 'streams are gapless', detail: versions.join(' '), orderId });
    if (!view) {
      found.push({ kind: 'lost', rule: 'every stream has its read model', detail: 'no row', orderId });
      continue;
    }
    if (view.version !== events.length)
      found.push({
        kind: 'wrong',
        rule: 'the read model knows every event',
        detail: `${view.version} of ${events.length}`,
        orderId,
      });
    if (!terminal.has(view.status))
      found.push({ kind: 'lost', rule: 'every order ends', detail: `it is still ${view.status}`, orderId });
    const ends = events.filter(({ type }) => endings.has(type));
    if (ends.length > 1)
      found.push({
        kind: 'doubled',
        rule: 'an order ends once',
        detail: ends.map(({ type }) => type).join(', '),
        orderId,
      });
    const end = events.findIndex(({ type }) => endings.has(type));
    if (end >= 0 && events.slice(end).some(({ type }) => type === 'OrderReady'))
      found.push({ kind: 'wrong', rule: 'nothing gets ready after its end', detail: view.status, orderId });
  }

  if (readModelsIdentical === false)
    found.push({ kind: 'wrong', rule: 'read models equal their events', detail: 'a rebuild differs' });
  for (const [orderId, sightings] of seen) {
    for (const [index, { version, status }] of sightings.entries()) {
      const before = sightings[index - 1];
      if (before && (version <= before.version || (rank[status] ?? -1) < (rank[before.status] ?? 9)))
        found.push({
          kind: 'wrong',
          rule: 'subscribers see an order go forward',
          detail: `${before.status} #${before.version}, then ${status} #${version}`,
          orderId,
        });
    }
  }
  return found;
}
