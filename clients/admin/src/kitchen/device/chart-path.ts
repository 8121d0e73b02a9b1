import type { Reading } from '../twin/reading.ts';

export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** What a chart has to show, with some air; never so narrow that noise fills it. */
export function span(readings: readonly Reading[]): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { temperature, setPoint } of readings) {
    low = Math.min(low, temperature, setPoint ?? temperature);
    high = Math.max(high, temperature, setPoint ?? temperature);
  }
  if (low > high) return { low: 0, high: 100 };
  const air = Math.max(5, (high - low) * 0.1);
  return { low: low - air, high: high + air };
}

/** An SVG path through readings; it is lifted where a value is missing. */
export function chartPath(
  readings: readonly Reading[],
  valueOf: (reading: Reading) => number | null,
  { from, to }: { readonly from: number; readonly to: number },
  { low, high }: Scale,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  let path = '';
  let isDown = false;
  for (const reading of readings) {
    const value = valueOf(reading);
    if (value === null) {
      isDown = false;
      continue;
    }
    const x = ((reading.at - from) / (to - from)) * width;
    const y = height - ((value - low) / (high - low)) * height;
    path += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  }
  return path;
}
