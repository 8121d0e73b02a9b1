import type { OrderState } from './operations.ts';

/** What happened between two looks at an order, in words: timeline entries, tickets, payment, status. */
export function changesBetween(before: OrderState | undefined, now: OrderState): string[] {
  const seen = before?.timeline?.length ?? 0;
  const timeline = (now.timeline ?? []).slice(seen).map(({ name, at }) => `${name} (${at})`);
  const tickets = (now.tickets ?? []).flatMap((ticket, index) => {
    const known = before?.tickets?.find(({ id }) => id === ticket.id);
    if (known?.status === ticket.status && known.station?.id === ticket.station?.id) return [];
    const where = ticket.station === null ? '' : ` at station ${ticket.station.id}`;
    return [`  ticket ${index + 1}: ${ticket.status}${where}`];
  });
  const payment =
    now.payment !== null && now.payment.status !== before?.payment?.status ? [`  payment: ${now.payment.status}`] : [];
  const status = now.status === before?.status ? [] : [`the order is ${now.status}`];
  return [...timeline, ...payment, ...tickets, ...status];
}
