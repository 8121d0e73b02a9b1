export interface BackoffOptions {
  /** The first pause, milliseconds; each one after it is twice as long. */
  readonly firstMs: number;
  readonly maxMs: number;
  /** A connection that was open for so long, milliseconds, has lasted: pauses begin anew after it. */
  readonly lastingMs: number;
  /** Milliseconds, of a clock that only goes forward. */
  readonly now?: () => number;
  /** From 0 to 1: how much of the half of a pause that is left to chance. */
  readonly random?: () => number;
}

/**
 * The pauses between the attempts to keep a connection open. They grow for as long as no connection lasts: that one is
 * opened and acknowledged means nothing when it ends at once.
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #attempts = 0;
  #openedAt: number | undefined;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  opened(): void {
    this.#openedAt = this.#now();
  }

  /** The connection was closed because it was not needed any more. */
  reset(): void {
    this.#attempts = 0;
    this.#openedAt = undefined;
  }

  /** Milliseconds to wait before the connection is opened, or opened again. */
  nextPause(): number {
    const { firstMs, maxMs, lastingMs, random = Math.random } = this.#options;
    const hasLasted = this.#openedAt !== undefined && this.#now() - this.#openedAt >= lastingMs;
    if (hasLasted) this.#attempts = 1;
    const attempt = this.#attempts;
    this.#attempts += 1;
    this.#openedAt = undefined;
    if (attempt === 0) return 0;
    return Math.min(maxMs, firstMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);
  }

  #now(): number {
    return (this.#options.now ?? (() => performance.now()))();
  }
}
