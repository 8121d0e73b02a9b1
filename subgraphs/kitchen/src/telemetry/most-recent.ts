/** A map that keeps what was asked for most recently, and forgets the rest. No library of the house has one. */
export class MostRecent<K, V> {
  readonly #entries = new Map<K, V>();

  /** @param most so many entries are kept */
  constructor(private readonly most: number) {}

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    // Behind all others: entries stand in the order in which they were put in.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.most && oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
