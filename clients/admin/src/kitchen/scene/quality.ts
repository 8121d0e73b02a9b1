/** How much is drawn. `rate` is frames a second at most, `pixels` is device pixels per CSS pixel. */
export interface Quality {
  readonly pixels: number;
  readonly rate: number;
  readonly shadows: boolean;
  readonly steam: boolean;
}

export const levels: readonly Quality[] = [
  { pixels: 0.6, rate: 15, shadows: false, steam: false },
  { pixels: 1, rate: 30, shadows: false, steam: true },
  { pixels: 1.5, rate: 60, shadows: true, steam: true },
];

/** Frames that are looked at before anything changes. */
const WINDOW = 30;

/**
 * Chooses how much to draw by how long frames take: one level down as soon as the budget is missed, up only after a
 * long time within it, so that it does not swing.
 */
export class QualityGovernor {
  #level: number;
  #times: number[] = [];
  #good = 0;

  constructor(level: number = levels.length - 1) {
    this.#level = level;
  }

  get level(): number {
    return this.#level;
  }
  get quality(): Quality {
    return levels[this.#level] ?? (levels[0] as Quality);
  }

  /** @param milliseconds from one frame to the next @returns whether the level has changed */
  frame(milliseconds: number): boolean {
    this.#times.push(milliseconds);
    if (this.#times.length < WINDOW) return false;
    const median = this.#times.toSorted((a, b) => a - b)[WINDOW / 2] ?? 0;
    this.#times = [];
    const budget = 1_000 / this.quality.rate;
    if (median > budget * 1.5 && this.#level > 0) {
      this.#level -= 1;
      this.#good = 0;
      return true;
    }
    this.#good = median <= budget * 1.15 ? this.#good + 1 : 0;
    if (this.#good < 10 || this.#level === levels.length - 1) return false;
    this.#level += 1;
    this.#good = 0;
    return true;
  }
}
