/** Real time between two looks at the clock, milliseconds. */
const TICK_MS = 50;

/** Most steps to catch up with at once, seconds of real time: a process that slept (or was stopped) lets the rest go. */
const CATCH_UP_SECONDS = 2;

/**
 * Calls `step` once per second of kitchen time, `factor` times as fast as real time, then `settle`.
 * @returns a function that stops it
 */
export function driveClock({
  factor,
  step,
  settle,
  now = () => performance.now(),
}: {
  factor: number;
  step: () => void;
  settle: () => void;
  now?: () => number;
}): () => void {
  let last = now();
  let owed = 0;
  const timer = setInterval(() => {
    const at = now();
    owed = Math.min(owed + ((at - last) / 1_000) * factor, CATCH_UP_SECONDS * factor + 1);
    last = at;
    for (; owed >= 1; owed -= 1) step();
    settle();
  }, TICK_MS);
  return () => clearInterval(timer);
}
