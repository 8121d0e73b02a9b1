import type { Random } from './random.ts';
import { at } from './shapes.ts';

type Glaze = Readonly<Record<'rim' | 'well' | 'edge', string>>;

const glazes: readonly [Glaze, ...Glaze[]] = [
  { rim: '#fbf8f2', well: '#f1ece2', edge: '#d8d0c2' },
  { rim: '#e9efe9', well: '#dbe4dc', edge: '#b7c6ba' },
  { rim: '#e6edf2', well: '#d7e1e8', edge: '#aebfcb' },
  { rim: '#f6e9da', well: '#eedcc7', edge: '#cfb291' },
  { rim: '#4a4d52', well: '#3b3e43', edge: '#2a2c30' },
];

/** A flat plate around the origin, 80 in radius. */
export function Plate({ random, radius = 80 }: { random: Random; radius?: number }) {
  const { rim, well, edge } = random.pick(glazes);
  return (
    <>
      <circle r={radius} fill={edge} filter="url(#picture-shadow)" />
      <circle r={radius - 1.5} fill={rim} />
      <circle r={radius - 1.5} fill="url(#picture-sheen)" />
      <circle r={radius * 0.74} fill={edge} opacity="0.55" />
      <circle r={radius * 0.73} cy="0.8" fill={well} />
      <circle r={radius * 0.73} fill="url(#picture-well)" />
    </>
  );
}

const bowls = ['#3f5d73', '#7a3b2e', '#f3ede2', '#37403c', '#c98a4b'] as const;

/** A bowl around the origin, 76 in radius; what is in it has up to 62. */
export function Bowl({ random }: { random: Random }) {
  const colour = random.pick(bowls);
  return (
    <>
      <circle r="76" fill={colour} filter="url(#picture-shadow)" />
      <circle r="76" fill="url(#picture-sheen)" />
      <circle r="70" fill="#000" opacity="0.25" />
      <circle r="69" cy="1" fill={colour} />
      <circle r="69" cy="1" fill="url(#picture-bowl)" />
    </>
  );
}

/** A round wooden board, 82 in radius. */
export function Board() {
  return (
    <>
      <circle r="82" fill="#7a4f2a" filter="url(#picture-shadow)" />
      <circle r="80.5" fill="#b37d48" />
      <g stroke="#8f5f33" strokeOpacity="0.5" strokeWidth="1.4" fill="none">
        {[-60, -44, -27, -12, 4, 21, 38, 55].map((y) => (
          <path key={y} d={`M${-Math.sqrt(6_300 - y * y)} ${y}Q0 ${y + 5} ${Math.sqrt(6_300 - y * y)} ${y}`} />
        ))}
      </g>
      <circle r="80.5" fill="url(#picture-sheen)" />
    </>
  );
}

/** A small bowl of sauce. */
export function Dip({ x, y, colour }: { x: number; y: number; colour: string }) {
  return (
    <g transform={at(x, y)}>
      <circle r="19" fill="#e9e2d6" filter="url(#picture-shadow)" />
      <circle r="17.5" fill="#fbf8f2" />
      <circle r="14" fill={colour} />
      <path
        d="M-9-5A11 11 0 0 1 3-10"
        stroke="#fff"
        strokeOpacity="0.55"
        strokeWidth="2.4"
        strokeLinecap="round"
        fill="none"
      />
    </g>
  );
}
