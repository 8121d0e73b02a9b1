const EVERY_MS = 50;

/** Notices when this process was kept from running: what has a deadline may then miss it without anybody's fault. */
export class Stalls {
  readonly #timer: NodeJS.Timeout;
  readonly #stalls: { readonly at: number; readonly ms: number }[] = [];
  #last = performance.now();

  constructor() {
    this.#timer = setInterval(() => {
      const now = performance.now();
      const ms = now - this.#last - EVERY_MS;
      this.#last = now;
      if (ms > EVERY_MS) this.#stalls.push({ at: now, ms });
      if (this.#stalls.length > 10_000) this.#stalls.shift();
    }, EVERY_MS).unref();
  }

  /** @returns for how long altogether, milliseconds @param since by `performance.now()` */
  since(since: number): number {
    const late = Math.max(0, performance.now() - this.#last - EVERY_MS);
    return this.#stalls.reduce((sum, { at, ms }) => (at >= since ? sum + ms : sum), late);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
