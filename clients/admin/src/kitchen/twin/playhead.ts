/** A moment of the kitchen's clock lies so far behind what has arrived at the most; more means that the stream stopped. */
const MOST_DELAY_MS = 2_500;
const LEAST_DELAY_MS = 120;
/** Of what was measured last in the running mean. */
const WEIGHT = 0.1;

/**
 * Which moment of the kitchen is shown. Live it follows the stream, a little behind, so that there is a reading on
 * either side of it; on tape it runs at its own rate. `now` is in milliseconds of any clock that only goes forward.
 */
export class Playhead {
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  /** Kitchen time minus our time; the largest seen is the one with the least delay on the way. */
  #offset = Number.NEGATIVE_INFINITY;
  #interval = 1_000;
  #lastAt = new Map<string, number>();
  #tape: { from: number; since: number; rate: number } | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get isLive(): boolean {
    return this.#tape === undefined;
  }
  get rate(): number {
    return this.#tape?.rate ?? 1;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A reading of this kitchen time has just come. */
  heard(source: string, at: number): void {
    // A clock that was set back would leave the playhead in a future that never comes.
    const offset = at - this.#now();
    this.#offset = offset > this.#offset || offset < this.#offset - 60_000 ? offset : this.#offset;
    const last = this.#lastAt.get(source);
    this.#lastAt.set(source, at);
    const interval = last === undefined ? 0 : at - last;
    if (interval > 0 && interval < 5_000) this.#interval += (interval - this.#interval) * WEIGHT;
  }

  /** The present of the kitchen, as far as it is known here. */
  present(): number {
    return this.#offset === Number.NEGATIVE_INFINITY ? Date.now() : this.#now() + this.#offset;
  }

  /** The moment that is shown. */
  time(): number {
    if (!this.#tape) return this.present() - Math.min(MOST_DELAY_MS, Math.max(LEAST_DELAY_MS, this.#interval * 1.25));
    const { from, since, rate } = this.#tape;
    return Math.min(from + (this.#now() - since) * rate, this.present());
  }

  /** Goes to a moment of the past and on from there; rate 0 stands still. */
  seek(time: number, rate = this.rate): void {
    this.#tape = { from: time, since: this.#now(), rate };
    this.#tell();
  }

  setRate(rate: number): void {
    this.seek(this.time(), rate);
  }

  /** A tape that has caught up with the present goes on live. */
  settle(): void {
    if (this.#tape && this.#tape.rate > 0 && this.time() >= this.present()) this.live();
  }

  live(): void {
    this.#tape = undefined;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
