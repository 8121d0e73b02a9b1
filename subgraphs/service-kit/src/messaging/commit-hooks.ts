/** What to do once a transaction has committed; forgotten when it fails or is tried again. */
export class CommitHooks<Tx extends object> {
  readonly #hooks = new WeakMap<Tx, Set<() => void>>();

  /** The same callback is called once, however often it was added to a transaction. */
  add(tx: Tx, callback: () => void): void {
    const hooks = this.#hooks.get(tx) ?? new Set();
    this.#hooks.set(tx, hooks.add(callback));
  }

  take(tx: Tx): readonly (() => void)[] {
    const hooks = [...(this.#hooks.get(tx) ?? [])];
    this.#hooks.delete(tx);
    return hooks;
  }
}
