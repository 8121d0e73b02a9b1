import { BadUserInput } from '@brigade/service-kit';
import type { HistoryWindow } from '../telemetry/slices.ts';

export const MOST_POINTS = 720;
const HOUR_MS = 3_600_000;

/** @throws BadUserInput unless `from` is before `to` */
export function requireOrder(from: Date, to: Date): void {
  if (from >= to) throw new BadUserInput('`from` must be before `to`.');
}

/** @throws BadUserInput for a window that is not in order or longer than an hour, or for a number of points that none has */
export function readWindow(from: Date, to: Date, points: number): HistoryWindow {
  requireOrder(from, to);
  if (to.getTime() - from.getTime() > HOUR_MS) throw new BadUserInput('`from` must be at most an hour before `to`.');
  if (points < 1 || points > MOST_POINTS) {
    throw new BadUserInput(`points must be between 1 and ${MOST_POINTS}, not ${points}.`);
  }
  return { from: from.getTime(), to: to.getTime(), points };
}
