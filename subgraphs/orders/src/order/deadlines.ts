import { openStatuses, type OpenStatus, type OrderStatus } from './order.ts';

/** Longest stay in each open state, milliseconds. After it the order fails, or, when READY, counts as handed over. */
export type Deadlines = Readonly<Record<OpenStatus, number>>;

/** When an order that entered `status` at `since` is due (ISO 8601), or null for an ended one. */
export function deadlineOf(status: OrderStatus, since: string, deadlines: Deadlines): string | null {
  if (!(openStatuses as readonly string[]).includes(status)) return null;
  return new Date(Date.parse(since) + deadlines[status as OpenStatus]).toISOString();
}
