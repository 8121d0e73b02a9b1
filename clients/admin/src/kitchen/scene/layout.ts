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

/** Heat stands along the back wall, hands work at the island before it. */
const rows: readonly { readonly kinds: readonly StationKind[]; readonly z: number }[] = [
  { kinds: ['OVEN', 'FRYER', 'GRIDDLE'], z: -2.4 },
  { kinds: ['STOVE', 'PREP'], z: 0.9 },
];
const SPACING = 2.3;
const MARGIN = 1.6;

/** Places the stations of any kitchen: by kind, then by name, each row about its middle. */
export function layOut(stations: readonly { readonly id: string; readonly kind: StationKind }[]): Room {
  const lines = rows.map(({ kinds, z }) => ({
    z,
    stations: kinds.flatMap((kind) =>
      stations
        .filter((station) => station.kind === kind)
        .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true })),
    ),
  }));
  const longest = Math.max(1, ...lines.map((line) => line.stations.length));
  const places = new Map<string, Place>();
  for (const line of lines) {
    for (const [index, { id }] of line.stations.entries()) {
      places.set(id, { x: (index - (line.stations.length - 1) / 2) * SPACING, z: line.z, turn: 0 });
    }
  }
  return { width: longest * SPACING + 2 * MARGIN, depth: 8, places };
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
  const columns = Math.max(1, Math.min(capacity, Math.ceil(Math.sqrt((capacity * width) / depth))));
  const lines = Math.max(1, Math.ceil(capacity / columns));
  const size = Math.min(width / columns, depth / lines, 0.42);
  return Array.from({ length: capacity }, (_nothing, slot) => ({
    x: ((slot % columns) + 0.5) * (width / columns) - width / 2,
    y,
    z: (Math.floor(slot / columns) + 0.5) * (depth / lines) - depth / 2 + z,
    size,
  }));
}
