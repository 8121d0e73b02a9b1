import type { ReactNode } from 'react';
import type { Motif } from './motif.ts';
import type { Random } from './random.ts';

/** Draws a dish around the origin, about 80 in radius. */
export type Draw = (motif: Motif, random: Random) => ReactNode;
