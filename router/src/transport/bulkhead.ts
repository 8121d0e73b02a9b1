/** Nobody else may wait. */
export class BulkheadFull extends Error {
  override readonly name = 'BulkheadFull';
}

/** Lets so many in at once, and so many others wait in the order in which they came. */
export class Bulkhead {
  readonly #mostInside: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(mostInside: number, mostWaiting: number) {
    this.#mostInside = mostInside;
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Whoever has entered leaves, whatever becomes of it.
   * @returns nothing to wait for where there is room
   * @throws BulkheadFull
   */
  enter(): Promise<void> | undefined {
    if (this.#inside < this.#mostInside) {
      this.#inside += 1;
      return undefined;
    }
    if (this.#waiting.length >= this.#mostWaiting) throw new BulkheadFull('too many wait');
    return new Promise((enter) => this.#waiting.push(enter));
  }

  leave(): void {
    const next = this.#waiting.shift();
    // The place is handed over: nobody comes in between.
    if (next) next();
    else this.#inside -= 1;
  }
}
