/** Random choices that follow from a seed (mulberry32). */
export class Random {
  #state: number;

  /** @param seed an integer; equal seeds make equal choices */
  constructor(seed: number) {
    this.#state = seed;
  }

  /** @returns a number from 0 up to, but not including, 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** @param chance from 0 (never) to 1 (always) */
  happens(chance: number): boolean {
    return this.next() < chance;
  }

  /** @returns an integer from 0 up to, but not including, `limit` */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** @returns an integer from `low` to `high`, both included */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** @throws RangeError for an empty list */
  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }

  shuffle<T>(list: readonly T[]): T[] {
    return list
      .map((value) => ({ value, rank: this.next() }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ value }) => value);
  }

  /** @returns `count` different elements in random order, or all where there are fewer */
  sample<T>(from: readonly T[], count: number): T[] {
    return this.shuffle(from).slice(0, count);
  }
}

/** FNV-1a, 32 bits, with a final mix so that similar texts have dissimilar low bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return (value ^ (value >>> 16)) >>> 0;
}
