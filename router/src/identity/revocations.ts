import type { Redis } from 'ioredis';

/** A token is known to be revoked for so long; it has expired by then. */
const KEPT_MS = 3_600_000;
/** Clocks differ, and writers are late: so much is read again each time. */
const OVERLAP_MS = 30_000;

export interface RevocationsOptions {
  readonly redis: Redis;
  /** A sorted set: ids of sessions by when they were ended, milliseconds since the epoch. */
  readonly key: string;
  readonly everyMs: number;
  readonly onTrouble: (error: unknown) => void;
}

/** Sessions that were ended while their tokens are still good. While Redis is away those that are known count. */
export class Revocations {
  readonly #options: RevocationsOptions;
  readonly #revoked = new Map<string, number>();
  readonly #listeners = new Set<(sessionId: string) => void>();
  readonly #timer: NodeJS.Timeout;
  #readUpTo = 0;
  #troubled = false;

  constructor(options: RevocationsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.read(), options.everyMs).unref();
  }

  has(sessionId: string): boolean {
    return this.#revoked.has(sessionId);
  }

  /** @returns stops telling */
  onRevoked(listener: (sessionId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Reads what is new; done on its own once in a while. */
  async read(): Promise<void> {
    const { redis, key, onTrouble } = this.#options;
    const now = Date.now();
    try {
      const from = Math.max(0, Math.max(this.#readUpTo, now - KEPT_MS) - OVERLAP_MS);
      const sessions = await redis.zrangebyscore(key, from, '+inf');
      this.#readUpTo = now;
      this.#troubled = false;
      for (const sessionId of sessions) this.#revoke(sessionId, now);
    } catch (error) {
      if (!this.#troubled) onTrouble(error);
      this.#troubled = true;
    }
    for (const [sessionId, seen] of this.#revoked) if (seen < now - KEPT_MS) this.#revoked.delete(sessionId);
  }

  #revoke(sessionId: string, now: number): void {
    if (this.#revoked.has(sessionId)) return;
    this.#revoked.set(sessionId, now);
    for (const tell of this.#listeners) tell(sessionId);
  }
}
