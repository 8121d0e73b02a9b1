import { nextStatus, type ReservationEvent, type ReservationStatus } from './reservation.ts';

export interface Settlement {
  status: ReservationStatus;
  /** Where what was set aside goes; null: it stays set aside, or there is none. */
  movement: 'release' | 'consume' | null;
  /** Why the stock went back, to be told; null where it did not. */
  released: 'COMPENSATED' | 'EXPIRED' | null;
}

/**
 * Carries a reservation on: paid for, given back, or used up. What comes late or twice changes nothing: null.
 * @param before undefined when the order has not been heard of
 * @param expired whether its time was over before it was paid for
 */
export function settle(
  before: ReservationStatus | undefined,
  event: ReservationEvent,
  expired = false,
): Settlement | null {
  const status = nextStatus(before, event);
  if (status === undefined || status === before) return null;
  // Called off before the order was heard of: a mark, and nothing to give back.
  if (before === undefined || status === 'COMMITTED') return { status, movement: null, released: null };
  if (status === 'CONSUMED') return { status, movement: 'consume', released: null };
  return { status, movement: 'release', released: expired ? 'EXPIRED' : 'COMPENSATED' };
}
