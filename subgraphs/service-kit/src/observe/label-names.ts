/** What names that are not told apart count as. */
export const OTHER = 'other';

/** No name of an operation that people write is longer. */
const MAX_LENGTH = 100;

export interface LabelNamesOptions {
  /** Names that always count as themselves. */
  readonly known?: Iterable<string>;
  /** So many other names count as themselves at a time. */
  readonly maxOthers?: number;
  /** As often a name must be seen before it does. */
  readonly after?: number;
  /** Told of a name that does so no more: its series can go. */
  readonly onEvicted?: (name: string) => void;
}

/**
 * Which names that clients choose become values of a label. Each is a series of its own, so their number is bounded.
 * Names that are known beforehand always count as themselves. Others do so once they were seen several times; when there
 * are too many of them, the one that has gone unused longest makes room (CLOCK). Names that come once, however many, take
 * the place of none.
 */
export class LabelNames {
  readonly #known: ReadonlySet<string>;
  readonly #options: Required<Omit<LabelNamesOptions, 'known'>>;
  /** Whether they were used since they were looked at last, in the order in which they are. */
  readonly #others = new Map<string, boolean>();
  /** How often names were seen that do not count as themselves yet, in the order of their last use. */
  readonly #seen = new Map<string, number>();

  constructor({ known = [], maxOthers = 200, after = 5, onEvicted = () => {} }: LabelNamesOptions = {}) {
    this.#known = new Set(known);
    this.#options = { maxOthers, after, onEvicted };
  }

  labelOf(name: string): string {
    if (this.#known.has(name)) return name;
    if (this.#others.has(name)) {
      this.#others.set(name, true);
      return name;
    }
    if (name.length > MAX_LENGTH || !this.#isSeenEnough(name)) return OTHER;
    this.#makeRoom();
    this.#others.set(name, false);
    return name;
  }

  #isSeenEnough(name: string): boolean {
    const { after, maxOthers } = this.#options;
    const times = (this.#seen.get(name) ?? 0) + 1;
    this.#seen.delete(name);
    if (times >= after) return true;
    this.#seen.set(name, times);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > 10 * maxOthers && oldest !== undefined) this.#seen.delete(oldest);
    return false;
  }

  #makeRoom(): void {
    for (const [name, isUsed] of this.#others) {
      if (this.#others.size < this.#options.maxOthers) return;
      this.#others.delete(name);
      if (isUsed) this.#others.set(name, false);
      else this.#options.onEvicted(name);
    }
  }
}
