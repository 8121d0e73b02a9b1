import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { Redis } from 'ioredis';
import { ClockCache } from '../cache/clock-cache.ts';
import type { Safelist } from './safelist.ts';

/** As Apollo Server calls them, which shares the store. */
const PREFIX = 'apq:';
/** All texts that are kept here together may be so long. */
const MAX_CHARACTERS = 20_000_000;
const SHA_256 = /^[0-9a-f]{64}$/;

export interface PersistedQueryStoreOptions {
  /** Whether clients may add to it. */
  readonly automatic: boolean;
  /** What is known from the beginning. */
  readonly safelist?: Safelist | undefined;
  /** Shared by all routers; absent: each has its own. */
  readonly redis?: Redis | undefined;
  /** Before every key in Redis. */
  readonly keyPrefix?: string | undefined;
  readonly ttlSeconds: number;
  /** So many texts are kept here; those that were not asked for lately go. */
  readonly mostKept: number;
}

/**
 * Texts of operations by the hash that clients send in their place. While Redis is away those that are known here are
 * served, and a client that asks for another is told to send its text, as for one that nobody knows.
 */
export class PersistedQueryStore implements KeyValueCache {
  readonly #options: PersistedQueryStoreOptions;
  readonly #kept: ClockCache<string>;

  constructor(options: PersistedQueryStoreOptions) {
    this.#options = options;
    this.#kept = new ClockCache({ maxEntries: options.mostKept, maxCharacters: MAX_CHARACTERS });
  }

  get automatic(): boolean {
    return this.#options.automatic;
  }

  /** The text of an operation, if it is known. @param hash SHA-256 of the text, or the id of a safelisted operation */
  find(hash: string): Promise<string | undefined> {
    return this.get(PREFIX + hash);
  }

  /** Keeps a text of which the hash has been checked. */
  add(hash: string, text: string): Promise<void> {
    return this.set(PREFIX + hash, text);
  }

  async get(key: string): Promise<string | undefined> {
    const hash = key.slice(PREFIX.length);
    const known = this.#kept.get(key) ?? this.#options.safelist?.byId(hash);
    if (known !== undefined) return known;
    // Only ids of the safelist may be anything else than a hash.
    if (!this.automatic || !SHA_256.test(hash)) return undefined;
    const stored = await this.#options.redis?.get(this.#keyOf(key)).catch(() => null);
    if (stored === null || stored === undefined) return undefined;
    this.#keep(key, stored);
    return stored;
  }

  async set(key: string, text: string): Promise<void> {
    if (!this.automatic) return;
    this.#keep(key, text);
    await this.#options.redis?.set(this.#keyOf(key), text, 'EX', this.#options.ttlSeconds).catch(() => null);
  }

  async delete(key: string): Promise<boolean> {
    await this.#options.redis?.del(this.#keyOf(key)).catch(() => 0);
    return this.#kept.delete(key);
  }

  #keyOf(key: string): string {
    return (this.#options.keyPrefix ?? '') + key;
  }

  #keep(key: string, text: string): void {
    this.#kept.set(key, text, key.length + text.length);
  }
}
