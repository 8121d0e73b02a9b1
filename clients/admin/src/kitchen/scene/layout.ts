import type { StationKind } from '@brigade/graphql';

/** Where a station stands in the room, metres; `y` is up, `z` towards the guest. */
export interface Place {
  readonly x: number;
  readonly z: number;
  /** Radians about the vertical: which way its front looks. */
  readonly turn: number;
}

export interface Room {
  readonly width: number;
  readonly depth: number;
  readonly places: ReadonlyMap<string, Place>;
}

/** From the wall to the pass: what is hottest stands furthest from the guests. */
const rows: readonly (readonly StationKind[])[] = [['OVEN', 'FRYER'], ['GRIDDLE', 'STOVE'], ['PREP']];
const SPACING = { x: 2.3, z: 2.7 };
const MARGIN = 1.6;
/** Stations side by side at most; more stand in another row. */
const ABREAST = 6;

/** Places the stations of any kitchen: by kind, then by name, each row about its middle. */
export function layOut(stations: readonly { readonly id: string; readonly kind: StationKind }[]): Room {
  const lines = rows.flatMap((kinds) => inLines(kinds.flatMap((kind) => ofKind(stations, kind))));
  const longest = Math.max(1, ...lines.map((line) => line.length));
  const depth = lines.length * SPACING.z + 1.2;
  const places = new Map<string, Place>();
  for (const [line, ids] of lines.entries()) {
    for (const [index, id] of ids.entries()) {
      const x = (index - (ids.length - 1) / 2) * SPACING.x;
      places.set(id, { x, z: -depth / 2 + 1.1 + line * SPACING.z, turn: 0 });
    }
  }
  return { width: longest * SPACING.x + 2 * MARGIN, depth, places };
}

const ofKind = (
  stations: readonly { readonly id: string; readonly kind: StationKind }[],
  kind: StationKind,
): string[] =>
  stations
    .filter((station) => station.kind === kind)
    .map(({ id }) => id)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** As even as they can be. */
function inLines(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / ABREAST);
  const length = Math.ceil(ids.length / Math.max(1, count));
  return Array.from({ length: count }, (_nothing, line) => ids.slice(line * length, (line + 1) * length));
}

/** How far up the food lies in each kind, and the area that it has, metres. */
const surfaces: Record<
  StationKind,
  { readonly y: number; readonly width: number; readonly depth: number; readonly z: number }
> = {
  OVEN: { y: 0.86, width: 1.05, depth: 0.62, z: 0.02 },
  GRIDDLE: { y: 1.0, width: 1.3, depth: 0.6, z: 0.05 },
  FRYER: { y: 0.9, width: 1.15, depth: 0.5, z: 0.05 },
  STOVE: { y: 1.04, width: 1.2, depth: 0.7, z: 0 },
  PREP: { y: 1.0, width: 1.4, depth: 0.6, z: 0 },
};

/** Side of the square that a slot has, metres, and its middle relative to the station. */
export interface SlotPlace {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly size: number;
}

/** The slots of a station as a grid on its surface, however many there are. */
export function layOutSlots(kind: StationKind, capacity: number): SlotPlace[] {
  const { y, width, depth, z } = surfaces[kind];
  const lines = Math.max(1, Math.ceil(capacity / Math.ceil(Math.sqrt((capacity * width) / depth))));
  const columns = Math.max(1, Math.ceil(capacity / lines));
  const size = Math.min(width / columns, depth / lines, 0.5);
  return Array.from({ length: capacity }, (_nothing, slot) => ({
    x: ((slot % columns) + 0.5) * (width / columns) - width / 2,
    y,
    z: (Math.floor(slot / columns) + 0.5) * (depth / lines) - depth / 2 + z,
    size,
  }));
}
