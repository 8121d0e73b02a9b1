/**
 * What a fuzzer does: `FUZZ_MS` and `FUZZ_SEED` say how long and which inputs, `FUZZ_INPUT` that only one is tried. Where
 * nothing is said the inputs are the same each time, so that a run of all tests fails for what was changed, and not by
 * chance; a longer run takes new ones.
 */
export interface Budget {
  readonly seed: number;
  /** How long the run may be. */
  readonly ms: number;
  /** Whether another input may be begun. */
  hasTime(): boolean;
  /** The only input that is wanted, if it is one. */
  readonly only: number | undefined;
}

/** @param usualMs how long a run is when nothing else is asked for */
export function openBudget(usualMs: number): Budget {
  const { FUZZ_MS, FUZZ_SEED, FUZZ_INPUT } = process.env;
  const ms = Number(FUZZ_MS ?? usualMs);
  const until = performance.now() + ms;
  return {
    seed: Number(FUZZ_SEED ?? (FUZZ_MS === undefined ? 1 : Math.floor(Math.random() * 2 ** 31))),
    ms,
    hasTime: () => performance.now() < until,
    only: FUZZ_INPUT === undefined ? undefined : Number(FUZZ_INPUT),
  };
}
