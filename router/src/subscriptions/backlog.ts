/** What a client's connection has not taken yet. */
export class Backlog {
  /** Of events that wait until it takes more, of all its subscriptions. */
  waitingBytes = 0;

  constructor(
    /** Of what has been given to the connection and is on its way. */
    readonly sendingBytes: () => number,
  ) {}
}

/** The backlogs of all clients, to be looked at. */
export class Backlogs {
  readonly #open = new Set<Backlog>();

  add(backlog: Backlog): void {
    this.#open.add(backlog);
  }

  remove(backlog: Backlog): void {
    this.#open.delete(backlog);
  }

  /** The sum over all connections, and the most that one of them has. */
  measure(): Record<'sending' | 'waiting', { sum: number; most: number }> {
    const found = { sending: { sum: 0, most: 0 }, waiting: { sum: 0, most: 0 } };
    for (const { sendingBytes, waitingBytes } of this.#open) {
      for (const [state, bytes] of [
        ['sending', sendingBytes()],
        ['waiting', waitingBytes],
      ] as const) {
        found[state].sum += bytes;
        found[state].most = Math.max(found[state].most, bytes);
      }
    }
    return found;
  }
}
