/**
 * - `acknowledged`: the client was told that it is done
 * - `refused`: the client was told that it is not done, or never reached anybody
 * - `indeterminate`: the client does not know
 */
export type Outcome = 'acknowledged' | 'refused' | 'indeterminate';

export interface Attempt {
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
  outcome: Outcome;
  code?: string;
}

/** One order as its client knows it. Attempts under one key are one order. */
export interface ToldOrder {
  key: string;
  /** The class of faults under which it was placed. */
  phase: string;
  attempts: Attempt[];
  outcome: Outcome;
  orderId?: string;
  /** What the client was told when it called the order off; absent when it did not. */
  cancel?: Outcome;
}

/** What a subscriber saw of an order, in order. */
export interface Sighting {
  version: number;
  status: string;
}
