/** Random numbers that a seed repeats (mulberry32). */
export class Random {
  #state: number;

  /** @param seed any integer */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer, at least 0, less than `end`. */
  int(end: number): number {
    return Math.floor(this.next() * end);
  }

  /** An integer, at least `low`, less than `high`. */
  between(low: number, high: number): number {
    return low + this.int(high - low);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** @param list not empty */
  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)] as T;
  }
}

/** A seed of its own for each input of a run, so that each can be repeated without those before it. */
export const seedOf = (runSeed: number, input: number): number =>
  Math.imul((runSeed ^ Math.imul(input + 1, 0x9e3779b1)) >>> 0, 0x85ebca6b) >>> 0;
