import type { Piece } from './pieces.tsx';
import type { Random } from './random.ts';
import { at, scatter } from './shapes.ts';

interface ScatteredProps {
  readonly random: Random;
  readonly piece: Piece;
  readonly count: number;
  /** Of the disk that they lie in. */
  readonly radius: number;
  readonly scale?: number;
  /** Of the disk. */
  readonly x?: number;
  readonly y?: number;
}

/** Pieces strewn over a disk, each with its little shadow. */
export function Scattered({ random, piece, count, radius, scale = 1, x = 0, y = 0 }: ScatteredProps) {
  return (
    <g filter="url(#picture-lift)">
      {scatter(random, count, radius).map((place) => (
        <g
          key={`${place.x} ${place.y}`}
          transform={at(x + place.x, y + place.y, random.between(0, 360), scale * random.between(0.88, 1.12))}
        >
          {piece(random)}
        </g>
      ))}
    </g>
  );
}
