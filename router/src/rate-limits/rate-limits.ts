import { Refusal } from '../pipeline/refusal.ts';
import type { RouterContext } from '../http/request-context.ts';
import { RateLimited, type LeasedLimiter } from './leased-limiter.ts';

export interface RateLimitsOptions {
  /** Of what comes from one network address. */
  readonly perAddress?: LeasedLimiter;
  /** Of what one user asks for, from wherever. */
  readonly perUser?: LeasedLimiter;
  /** Of how often one address asks for a field of a root type, by its coordinate. */
  readonly perField: ReadonlyMap<string, LeasedLimiter>;
  /** Told which limit refused a request. */
  readonly onLimited: (limit: string) => void;
}

/** What a request weighs. */
export interface Weight {
  readonly cost: number;
  /** How often the operation asks for each root field, by its coordinate; each alias counts. */
  readonly rootFields: ReadonlyMap<string, number>;
}

/** Who may ask how much in a time. */
export class RateLimits {
  readonly #options: RateLimitsOptions;

  constructor(options: RateLimitsOptions) {
    this.#options = options;
  }

  /**
   * Spends what a request weighs; a request always weighs something.
   * @returns nothing when that was done at once
   * @throws Refusal (429) with `Retry-After`; in the promise if there is one
   */
  take({ address, identity }: RouterContext, { cost, rootFields }: Weight): Promise<void> | undefined {
    const { perAddress, perUser, perField } = this.#options;
    const waits: Promise<void>[] = [];
    const spend = (limit: string, limiter: LeasedLimiter | undefined, key: string, points: number) => {
      if (!limiter) return;
      try {
        const wait = limiter.take(key, points);
        if (wait) waits.push(wait.catch((error: unknown) => this.#refuse(limit, error)));
      } catch (error) {
        // Refused already: what the others say does not matter any more.
        for (const one of waits) one.catch(() => {});
        this.#refuse(limit, error);
      }
    };
    if (perField.size > 0) {
      for (const [field, times] of rootFields) spend(field, perField.get(field), `${field} ${address}`, times);
    }
    const points = Math.max(1, Math.ceil(cost));
    spend('address', perAddress, address, points);
    if (identity.kind === 'user') spend('user', perUser, identity.userId, points);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  }

  #refuse(limit: string, error: unknown): never {
    if (!(error instanceof RateLimited)) throw error;
    this.#options.onLimited(limit);
    const seconds = Math.ceil(error.msBeforeNext / 1_000);
    throw new Refusal(
      429,
      [
        {
          message: 'Too many requests; try again later.',
          extensions: { code: 'RATE_LIMITED', retryAfterSeconds: seconds },
        },
      ],
      { 'retry-after': String(seconds) },
    );
  }
}
