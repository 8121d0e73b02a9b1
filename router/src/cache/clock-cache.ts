export interface ClockCacheOptions {
  readonly maxEntries: number;
  /** Of all entries together. One entry that is longer alone is kept alone. */
  readonly maxCharacters: number;
}

interface Entry<V> {
  readonly value: V;
  readonly characters: number;
  /** When it was added, or spared last. */
  since: number;
  usedAt: number;
}

/**
 * A cache of bounded size (the CLOCK algorithm): to make room, the oldest entry goes unless it was used since it was
 * looked at last. A hit costs no reordering.
 */
export class ClockCache<V> {
  readonly #options: ClockCacheOptions;
  /** In the order in which they are looked at. */
  readonly #entries = new Map<string, Entry<V>>();
  /** Counts accesses. */
  #now = 0;
  #characters = 0;

  constructor(options: ClockCacheOptions) {
    this.#options = options;
  }

  get(key: string): V | undefined {
    const found = this.#entries.get(key);
    if (!found) return undefined;
    this.#now += 1;
    found.usedAt = this.#now;
    return found.value;
  }

  /** @param characters what the entry counts as */
  set(key: string, value: V, characters: number = key.length): void {
    this.delete(key);
    this.#now += 1;
    this.#characters += characters;
    this.#makeRoom();
    this.#entries.set(key, { value, characters, since: this.#now, usedAt: this.#now });
  }

  delete(key: string): boolean {
    this.#characters -= this.#entries.get(key)?.characters ?? 0;
    return this.#entries.delete(key);
  }

  /** What was used last, the newest first: so many at most. */
  latest(count: number): readonly V[] {
    return [...this.#entries.values()]
      .toSorted((one, other) => other.usedAt - one.usedAt)
      .slice(0, count)
      .map(({ value }) => value);
  }

  #makeRoom(): void {
    const { maxEntries, maxCharacters } = this.#options;
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size < maxEntries && this.#characters <= maxCharacters) return;
      this.#entries.delete(key);
      if (entry.usedAt > entry.since) {
        entry.since = this.#now;
        this.#entries.set(key, entry);
      } else this.#characters -= entry.characters;
    }
  }
}
