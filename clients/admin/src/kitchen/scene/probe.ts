import type { Color } from 'three';

/**
 * What the scene draws, for whoever asks from outside (`brigadeKitchen` in the console; the browser tests do): numbers
 * that come from the scene itself, not from pixels.
 */
export interface KitchenProbe {
  frames: number;
  /** Time that the last frames took on the main thread, milliseconds, running mean. */
  frameMs: number;
  quality: number;
  /** Pieces of food that are drawn. */
  food: number;
  /** Tickets that hang on the rail. */
  tickets: number;
  /** Times that React has committed under the kitchen's page. */
  commits: number;
  /** Readings that have come. */
  events: number;
  /** Colour of what is hot in a station, as `#rrggbb`. */
  readonly glow: Record<string, string>;
}

export const probe: KitchenProbe = {
  frames: 0,
  frameMs: 0,
  quality: 0,
  food: 0,
  tickets: 0,
  commits: 0,
  events: 0,
  glow: {},
};

declare global {
  var brigadeKitchen: KitchenProbe | undefined;
}
globalThis.brigadeKitchen = probe;

/** The text is made anew only where somebody sees a difference. */
const known = new Map<string, number>();
export function showGlow(stationId: string, colour: Color): void {
  const hex = colour.getHex();
  if (known.get(stationId) === hex) return;
  known.set(stationId, hex);
  probe.glow[stationId] = `#${colour.getHexString()}`;
}

/** @param milliseconds that a frame took on the main thread */
export function countFrame(milliseconds: number): void {
  probe.frames += 1;
  probe.frameMs += (milliseconds - probe.frameMs) * 0.05;
}

/** For React's profiler. */
export const countCommit = (): void => {
  probe.commits += 1;
};
