/** How much is drawn. `rate` is frames a second at most, `pixels` is drawn pixels per CSS pixel at most. */
export interface Quality {
  readonly pixels: number;
  readonly rate: number;
  readonly shadows: boolean;
  readonly steam: boolean;
}

const least: Quality = { pixels: 0.75, rate: 10, shadows: false, steam: false };
export const levels: readonly Quality[] = [
  least,
  { pixels: 1, rate: 30, shadows: false, steam: true },
  { pixels: 1.5, rate: 60, shadows: true, steam: true },
];

/** Looked at together: so many frames, or as many as come in so many milliseconds. */
const WINDOW = { frames: 30, milliseconds: 1_500 };
/** Windows within the budget before there is more to draw. */
const PATIENCE = 10;

/**
 * Chooses how much to draw by how long frames take: one level down as soon as the budget is missed, up only after a
 * long time within it, so that it does not swing.
 */
export class QualityGovernor {
  #level: number;
  readonly #isFixed: boolean;
  #times: number[] = [];
  #sum = 0;
  #good = 0;

  /** @param isFixed somebody has chosen: it stays so, however long frames take */
  constructor(level: number = levels.length - 1, isFixed = false) {
    this.#level = level;
    this.#isFixed = isFixed;
  }

  get level(): number {
    return this.#level;
  }
  get quality(): Quality {
    return levels[this.#level] ?? least;
  }

  /** @param milliseconds from one frame to the next @returns whether the level has changed */
  frame(milliseconds: number): boolean {
    if (this.#isFixed) return false;
    this.#times.push(milliseconds);
    this.#sum += milliseconds;
    const count = this.#times.length;
    if (count < WINDOW.frames && (count < 3 || this.#sum < WINDOW.milliseconds)) return false;
    const median = this.#times.toSorted((a, b) => a - b)[Math.floor(count / 2)] ?? 0;
    this.#times = [];
    this.#sum = 0;
    return this.#judge(median);
  }

  #judge(median: number): boolean {
    const budget = 1_000 / this.quality.rate;
    this.#good = median <= budget * 1.15 ? this.#good + 1 : 0;
    const step = median > budget * 1.5 ? -1 : this.#good >= PATIENCE ? 1 : 0;
    const level = Math.min(levels.length - 1, Math.max(0, this.#level + step));
    if (level === this.#level) return false;
    this.#level = level;
    this.#good = 0;
    return true;
  }
}

/** Where to begin: a machine that draws on its processor gets the least. @param renderer as WebGL names it */
export function firstLevel(renderer: string): number {
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer) ? 0 : levels.length - 1;
}

/** A governor for this machine, or for `?quality=0` to `2` in the page's address: for pictures, and for trying. */
export function governorFor(renderer: string): QualityGovernor {
  const chosen = new URLSearchParams(globalThis.location.search).get('quality');
  if (chosen !== null && /^[0-2]$/.test(chosen)) return new QualityGovernor(Number(chosen), true);
  return new QualityGovernor(firstLevel(renderer));
}
