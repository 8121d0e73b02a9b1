/**
 * How long a relay may publish one batch, milliseconds. It is the one number: whatever guards a batch against a second
 * relay, and whatever a confirm may take, is derived from it, so that a batch always ends first.
 */
export const MAX_DRAIN_MS = 12_000;

/** A relay that holds a lease keeps it a quarter longer than it publishes. */
export const leaseMs = (maxDrainMs: number): number => 1.25 * maxDrainMs;

/** How long PostgreSQL lets a transaction idle, milliseconds: a relay's idles while its batch is published. */
export const maxIdleInTransactionMs = (maxDrainMs: number): number => Math.ceil((5 / 3) * maxDrainMs);

/** When a batch must end. It does not follow the wall clock, which may be set. */
export class Deadline {
  readonly #at: number;

  constructor(ms: number) {
    this.#at = performance.now() + ms;
  }

  /** Milliseconds that are left, 0 at least. */
  leftMs(): number {
    return Math.max(0, this.#at - performance.now());
  }
}
