import type { Logger } from '../observe/logger.ts';

export interface PollerOptions {
  name: string;
  /** How long to wait after a run that found nothing, milliseconds. */
  intervalMs: number;
  /** Does what is due; answers whether there may be more to do at once. */
  run: () => Promise<boolean>;
  log: Logger;
  /** Longest pause after failures in a row, milliseconds. */
  maxBackoffMs?: number;
}

/**
 * Does something again and again, one run at a time: on a hint (`wake`) at once, else every `intervalMs`. Hints may be
 * lost without harm, polling is the truth. After failures it backs off, doubling up to `maxBackoffMs`.
 */
export class Poller {
  #stopped = false;
  #woken = false;
  #failures = 0;
  #endPause: (() => void) | undefined;
  readonly #loop: Promise<void>;

  constructor(private readonly options: PollerOptions) {
    this.#loop = this.#run();
  }

  wake(): void {
    this.#woken = true;
    if (this.#failures === 0) this.#endPause?.();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#endPause?.();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      let more = false;
      try {
        more = await this.options.run();
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        this.options.log.warn({ err: error, failures: this.#failures }, `${this.options.name} failed`);
      }
      if (!this.#stopped && !more && (!this.#woken || this.#failures > 0)) await this.#pause();
    }
  }

  #pause(): Promise<void> {
    const { intervalMs, maxBackoffMs = 5_000 } = this.options;
    const ms = this.#failures === 0 ? intervalMs : Math.min(maxBackoffMs, 100 * 2 ** Math.min(this.#failures, 10));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
