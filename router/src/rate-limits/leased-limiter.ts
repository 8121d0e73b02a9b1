import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';

/** Too much was asked for. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited';

  constructor(
    /** Until more may be asked for, milliseconds. */
    readonly msBeforeNext: number,
  ) {
    super('Too many requests');
  }
}

export interface LeasedLimiterOptions {
  /** Counts for every router that shares its store. */
  readonly limiter: RateLimiterAbstract;
  /** So many points are taken from it at a time. */
  readonly lease: number;
  /** So many keys are known at a time; those that were not seen lately go. */
  readonly mostKeys?: number;
}

/** What a key may spend before the store is asked again. */
interface Lease {
  left: number;
  /** The window that its points belong to ends then, milliseconds since the epoch. */
  until: number;
  /** Nothing may be spent before then. */
  blockedUntil: number;
  renewing: Promise<void> | undefined;
}

/**
 * Limits by points for a time (a fixed window). Points are taken from the shared store several at a time and spent here,
 * so that most requests need not ask it. What one router has taken and not spent is lost to the others until the window
 * ends: a key gets never more than its points, and at most one lease less for each router.
 */
export class LeasedLimiter {
  readonly #options: LeasedLimiterOptions;
  readonly #leases = new Map<string, Lease>();

  constructor(options: LeasedLimiterOptions) {
    this.#options = options;
  }

  /**
   * Spends points of a key.
   * @returns nothing when that was done at once
   * @throws RateLimited when there are none left; in the promise if there is one
   */
  take(key: string, points: number): Promise<void> | undefined {
    // More than there ever are would never be let in.
    const wanted = Math.min(points, this.#options.limiter.points);
    const lease = this.#lease(key);
    const now = Date.now();
    if (lease.blockedUntil > now) throw new RateLimited(lease.blockedUntil - now);
    if (lease.until > now && lease.left >= wanted) {
      lease.left -= wanted;
      return undefined;
    }
    return this.#takeRenewed(key, lease, wanted);
  }

  async #takeRenewed(key: string, lease: Lease, wanted: number): Promise<void> {
    for (;;) {
      const now = Date.now();
      if (lease.blockedUntil > now) throw new RateLimited(lease.blockedUntil - now);
      if (lease.until > now && lease.left >= wanted) break;
      lease.renewing ??= this.#renew(key, lease, wanted).finally(() => {
        lease.renewing = undefined;
      });
      await lease.renewing;
    }
    lease.left -= wanted;
  }

  async #renew(key: string, lease: Lease, wanted: number): Promise<void> {
    if (lease.until <= Date.now()) lease.left = 0;
    const points = Math.max(this.#options.lease, wanted - lease.left);
    try {
      const { msBeforeNext } = await this.#options.limiter.consume(key, points);
      lease.left += points;
      lease.until = Date.now() + msBeforeNext;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      lease.blockedUntil = Date.now() + Math.max(1, error.msBeforeNext);
    }
  }

  #lease(key: string): Lease {
    const known = this.#leases.get(key);
    if (known) return known;
    const lease: Lease = { left: 0, until: 0, blockedUntil: 0, renewing: undefined };
    this.#leases.set(key, lease);
    const [oldest] = this.#leases.keys();
    if (this.#leases.size > (this.#options.mostKeys ?? 100_000) && oldest !== undefined) this.#leases.delete(oldest);
    return lease;
  }
}
