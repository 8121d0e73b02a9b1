import type { StationKind } from '@brigade/schema';

export interface Profile {
  /** Kitchen seconds per second, unless the configuration says otherwise. */
  readonly clock: number;
  readonly stations: readonly { kind: StationKind; count: number; slots: number }[];
}

/** A kitchen for show, and one that keeps up with a load test: 1,000 orders a minute keep about 150 of its slots busy. */
export const profiles = {
  default: {
    clock: 30,
    stations: [
      { kind: 'OVEN', count: 2, slots: 4 },
      { kind: 'GRIDDLE', count: 2, slots: 4 },
      { kind: 'FRYER', count: 2, slots: 3 },
      { kind: 'STOVE', count: 3, slots: 4 },
      { kind: 'PREP', count: 3, slots: 4 },
    ],
  },
  load: {
    clock: 120,
    stations: [
      { kind: 'OVEN', count: 4, slots: 40 },
      { kind: 'GRIDDLE', count: 4, slots: 40 },
      { kind: 'FRYER', count: 4, slots: 40 },
      { kind: 'STOVE', count: 4, slots: 40 },
      { kind: 'PREP', count: 4, slots: 40 },
    ],
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;
