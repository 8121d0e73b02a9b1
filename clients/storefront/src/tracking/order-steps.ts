import type { OrderStatus } from '@brigade/graphql';

/** What every order goes through until it is ready. */
export const stepStatuses = ['PLACED', 'CONFIRMED', 'PAID', 'COOKING', 'READY'] as const satisfies OrderStatus[];

export interface OrderStep {
  readonly status: (typeof stepStatuses)[number];
  /** `stopped`: the order ended here, and not well. */
  readonly state: 'done' | 'present' | 'stopped' | 'ahead';
  /** When it was reached. */
  readonly at: string | undefined;
}

/** How far an order has come. */
export function stepsOf(
  status: OrderStatus,
  timeline: readonly { readonly status: OrderStatus; readonly at: string }[],
): OrderStep[] {
  const reached = new Map<OrderStatus, string>();
  for (const entry of timeline) if (!reached.has(entry.status)) reached.set(entry.status, entry.at);
  const hasEndedBadly = status === 'REJECTED' || status === 'CANCELLED' || status === 'FAILED';
  // An order may skip a step where news overtake each other; it has passed it all the same.
  const last = hasEndedBadly
    ? stepStatuses.findLastIndex((one) => reached.has(one))
    : status === 'COMPLETED'
      ? stepStatuses.length - 1
      : stepStatuses.indexOf(status);
  return stepStatuses.map((one, index) => ({ status: one, at: reached.get(one), state: stateAt(index) }));

  function stateAt(index: number): OrderStep['state'] {
    if (index > last) return 'ahead';
    if (index < last) return 'done';
    if (hasEndedBadly) return 'stopped';
    return one(index) === 'READY' ? 'done' : 'present';
  }

  function one(index: number) {
    return stepStatuses[index];
  }
}
