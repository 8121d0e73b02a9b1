/** Readings between two times, thinned to `points`. Times are milliseconds since 1970. */
export interface HistoryWindow {
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/** A part of a window, both ends included, and how many readings of it are wanted, the newest ones. */
export interface Slice {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

const SECOND = 1_000;
export const secondOf = (time: number): number => Math.floor(time / SECOND) * SECOND;

/** What is to be read for a window, oldest first: all of it where that is not too much, else one reading a slice. */
export function slicesOf({ from, to, points }: HistoryWindow): Slice[] {
  const first = secondOf(from);
  const length = secondOf(to) + SECOND - first;
  if (length <= points * SECOND) return [{ first, last: first + length - 1, count: points }];
  const edge = (index: number) => first + Math.round((length * index) / points);
  return Array.from({ length: points }, (_none, index) => ({
    first: edge(index),
    last: edge(index + 1) - 1,
    count: 1,
  }));
}
