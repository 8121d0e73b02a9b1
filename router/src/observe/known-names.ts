/** Names that clients choose may be endless, and each would be a series of its own. */
const MOST = 1_000;

/** Answers a name as it is for the first thousand of them, and `other` for the rest. */
export class KnownNames {
  readonly #known = new Set<string>();

  labelOf(name: string): string {
    if (this.#known.has(name)) return name;
    if (this.#known.size >= MOST) return 'other';
    this.#known.add(name);
    return name;
  }
}
