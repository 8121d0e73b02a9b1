import { DeadlinePassed, type Deadline } from './deadline.ts';

/** Nobody else may wait. */
export class BulkheadFull extends Error {
  override readonly name = 'BulkheadFull';
}

interface Waiting {
  readonly deadline: Deadline;
  enter(): void;
  giveUp(error: Error): void;
  timer?: NodeJS.Timeout;
}

/** Lets so many in at once, and so many others wait in the order in which they came. */
export class Bulkhead {
  readonly #maxInside: number;
  readonly #maxWaiting: number;
  readonly #waiting = new Set<Waiting>();
  #inside = 0;

  constructor(maxInside: number, maxWaiting: number) {
    this.#maxInside = maxInside;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Whoever has entered leaves, whatever becomes of it.
   * @returns nothing to wait for where there is room
   * @throws BulkheadFull; DeadlinePassed when there was no room in time
   */
  enter(deadline: Deadline): Promise<void> | undefined {
    if (this.#inside < this.#maxInside) {
      this.#inside += 1;
      return undefined;
    }
    if (this.#waiting.size >= this.#maxWaiting) throw new BulkheadFull('too many wait');
    return new Promise((enter, giveUp) => {
      const waiting: Waiting = { deadline, enter, giveUp };
      this.#waiting.add(waiting);
      this.#wait(waiting);
    });
  }

  leave(): void {
    const [next] = this.#waiting;
    // The place is handed over: nobody comes in between.
    if (next) {
      this.#waiting.delete(next);
      clearTimeout(next.timer);
      next.enter();
    } else this.#inside -= 1;
  }

  #wait(waiting: Waiting): void {
    const left = waiting.deadline.at - performance.now();
    if (left > 0) {
      // The deadline may have been moved on when the time has come.
      waiting.timer = setTimeout(() => this.#wait(waiting), Math.ceil(left));
      return;
    }
    this.#waiting.delete(waiting);
    waiting.giveUp(new DeadlinePassed());
  }
}
