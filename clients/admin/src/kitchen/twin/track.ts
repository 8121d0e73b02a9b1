import type { Job, Reading } from './reading.ts';

/** Over a longer silence nothing is made up: the older reading stands. Milliseconds. */
const LONGEST_GAP_MS = 15_000;

/** Readings of one device in the order of their time, and what was between them. */
export class Track {
  readonly #readings: Reading[] = [];
  readonly #most: number;

  /** @param most readings that are kept; the oldest go first */
  constructor(most = 600) {
    this.#most = most;
  }

  get last(): Reading | undefined {
    return this.#readings.at(-1);
  }
  get first(): Reading | undefined {
    return this.#readings[0];
  }

  /** Takes a reading in, wherever in time it belongs; one of the same time replaces the one that is there. */
  add(reading: Reading): void {
    const before = this.#indexAt(reading.at);
    if (this.#readings[before]?.at === reading.at) this.#readings[before] = reading;
    else this.#readings.splice(before + 1, 0, reading);
    if (this.#readings.length > this.#most) this.#readings.splice(0, this.#readings.length - this.#most);
  }

  /**
   * The device at a time, between its readings: temperature, power, door and doneness go evenly from one to the next.
   * @param into is written to and answered, so that a frame allocates nothing; undefined before the first reading
   */
  sample(time: number, into: Reading): Reading | undefined {
    const index = this.#indexAt(time);
    const before = this.#readings[index];
    if (!before) return undefined;
    const after = this.#readings[index + 1];
    const gap = after ? after.at - before.at : 0;
    const part = after && gap > 0 && gap <= LONGEST_GAP_MS ? (time - before.at) / gap : 0;
    const next = after ?? before;
    into.at = before.at;
    into.temperature = mix(before.temperature, next.temperature, part);
    into.power = mix(before.power, next.power, part);
    into.door = mix(before.door, next.door, part);
    into.setPoint = before.setPoint;
    into.faults = before.faults;
    into.jobs.length = before.jobs.length;
    for (const [slot, job] of before.jobs.entries()) {
      const then = next.jobs.find(({ jobId }) => jobId === job.jobId) ?? job;
      const mixed = (into.jobs[slot] ??= { jobId: '', ticketId: null, doneness: 0, remainingSeconds: 0 });
      mixed.jobId = job.jobId;
      mixed.ticketId = job.ticketId;
      mixed.doneness = mix(job.doneness, then.doneness, part);
      mixed.remainingSeconds = mix(job.remainingSeconds, then.remainingSeconds, part);
    }
    return into;
  }

  /** Readings of a stretch of time, thinned to one every `stepMs` at most. */
  *between(from: number, to: number, stepMs: number): Generator<Reading> {
    let next = from;
    for (let index = Math.max(0, this.#indexAt(from)); index < this.#readings.length; index += 1) {
      const reading = this.#readings[index];
      if (!reading || reading.at > to) return;
      if (reading.at < next) continue;
      yield reading;
      next = reading.at + stepMs;
    }
  }

  /** Of the last reading at or before a time; -1 before the first. */
  #indexAt(time: number): number {
    // Nearly always it is one of the newest.
    let low = this.#readings.length - 1;
    for (let tries = 0; tries < 4 && low >= 0; tries += 1, low -= 1) {
      if ((this.#readings[low]?.at ?? 0) <= time) return low;
    }
    let high = low;
    low = -1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#readings[middle]?.at ?? 0) <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const mix = (from: number, to: number, part: number): number => from + (to - from) * part;

/** To be sampled into. */
export const blankReading = (): Reading => ({
  at: 0,
  temperature: 0,
  setPoint: null,
  power: 0,
  door: 0,
  faults: [],
  jobs: [] as Job[],
});
