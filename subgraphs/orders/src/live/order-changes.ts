import type { Logger } from '@brigade/service-kit';

/** Something with a place in a history: 1, 2, 3 and so on. */
interface Versioned {
  readonly version: number;
}

export interface OrderChangesOptions<T extends Versioned> {
  readonly orderId: string;
  /** Changes up to this one are not told. */
  readonly after: number;
  /** Everything in the store after a version, oldest first. */
  readonly read: (version: number) => Promise<readonly T[]>;
  readonly onEnd: () => void;
  readonly log: Logger;
}

/**
 * The changes of one order after some version, for one subscriber: in order, each once, none left out. It is told of
 * them as they happen, by a messenger who may lose them, repeat them, or bring them in another order; where one is
 * missing, it reads the store.
 */
export class OrderChanges<T extends Versioned> implements AsyncIterableIterator<T> {
  readonly orderId: string;
  readonly #options: OrderChangesOptions<T>;
  readonly #ready: T[] = [];
  readonly #waiting: ((result: IteratorResult<T>) => void)[] = [];
  #last: number;
  #reading: 'no' | 'once' | 'again' = 'no';
  #over = false;

  constructor(options: OrderChangesOptions<T>) {
    this.#options = options;
    this.orderId = options.orderId;
    this.#last = options.after;
  }

  /** The version of the last change that was passed on. */
  get last(): number {
    return this.#last;
  }

  tell(change: T): void {
    if (change.version <= this.#last) return;
    if (change.version === this.#last + 1 && this.#reading === 'no') this.#passOn(change);
    else void this.catchUp();
  }

  /** Passes on what the store has beyond the last change. */
  async catchUp(): Promise<void> {
    if (this.#reading !== 'no') {
      // What is being read may be older than what we are asked for.
      this.#reading = 'again';
      return;
    }
    try {
      do {
        this.#reading = 'once';
        for (const change of await this.#options.read(this.#last)) this.#passOn(change);
      } while (this.#readAgain());
    } catch (error) {
      const { log, orderId } = this.#options;
      log.warn({ err: error, orderId }, 'a subscriber could not be caught up; the next look at the store tries again');
    } finally {
      this.#reading = 'no';
    }
  }

  async next(): Promise<IteratorResult<T>> {
    const change = this.#ready.shift();
    if (change) return { done: false, value: change };
    if (this.#over) return END;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Not a generator's `return`, which would wait for a change that may never come. */
  async return(): Promise<IteratorResult<T>> {
    if (!this.#over) {
      this.#over = true;
      this.#ready.length = 0;
      for (const resolve of this.#waiting.splice(0)) resolve(END);
      this.#options.onEnd();
    }
    return END;
  }

  async throw(error: unknown): Promise<IteratorResult<T>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #readAgain(): boolean {
    return this.#reading === 'again' && !this.#over;
  }

  #passOn(change: T): void {
    if (this.#over) return;
    this.#last = change.version;
    const resolve = this.#waiting.shift();
    if (resolve) resolve({ done: false, value: change });
    else this.#ready.push(change);
  }
}

const END = { done: true, value: undefined } as const;
