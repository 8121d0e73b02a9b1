import type { ReactNode } from 'react';
import type { Ingredient } from './ingredient.ts';
import type { Random } from './random.ts';
import { blob, ring } from './shapes.ts';

/** A piece of an ingredient around the origin, about 10 in radius, seen from above. */
export type Piece = (random: Random) => ReactNode;

const basil: Piece = () => (
  <>
    <path d="M-12 0C-7-9 6-9 13 0C6 9-7 9-12 0Z" fill="#3f7d2c" />
    <path d="M-12 0C-7-9 6-9 13 0Z" fill="#5a9c3c" />
    <path d="M-12 0H11M-4 0l4-4M1 0l4-3M-4 0l4 4M1 0l4 3" stroke="#2d5f20" strokeWidth="0.7" fill="none" />
  </>
);
const leaf: Piece = (random) => {
  const [dark, light] = random.pick<readonly [string, string]>([
    ['#5d8f34', '#82b54c'],
    ['#3d7331', '#5f9a45'],
    ['#88ad3e', '#afcc62'],
    ['#6c3a4d', '#8d5266'],
  ]);
  return (
    <>
      <path
        d="M-16 0C-13-6-9-4-7-9C-3-7 0-12 4-9C8-10 9-5 15-3C12 0 14 3 8 4C6 9 1 7-2 9C-6 6-10 8-16 0Z"
        fill={dark}
      />
      <path d="M-16 0C-13-6-9-4-7-9C-3-7 0-12 4-9C8-10 9-5 15-3C4-4-6-2-16 0Z" fill={light} />
      <path d="M-16 0C-5-3 4-4 12-2" stroke="#eaf3c9" strokeOpacity="0.6" strokeWidth="0.9" fill="none" />
    </>
  );
};
const tomato: Piece = (random) => (
  <>
    <circle r="11" fill="#a92a16" />
    <circle r="9.6" fill="#dc4a2d" />
    {ring(random, 5, 5.4).map(({ x, y, turn }) => (
      <g key={turn} transform={`translate(${x} ${y}) rotate(${turn})`}>
        <ellipse rx="3.2" ry="2.4" fill="#f08a5e" />
        <ellipse rx="1" ry="0.6" fill="#fbe3a8" />
      </g>
    ))}
    <circle r="1.8" fill="#f3b08c" />
  </>
);
const mozzarella: Piece = (random) => (
  <>
    <path d={blob(random, 12, { wobble: 0.16 })} fill="#f0e2c0" />
    <path d={blob(random, 10, { wobble: 0.16 })} fill="#fdf7e6" />
    <path d={blob(random, 3, { wobble: 0.3 })} fill="#e2b873" opacity="0.5" />
  </>
);
const mushroom: Piece = () => (
  <>
    <path d="M-10 2C-11-8 11-8 10 2C7 4 4 3 3 3V10C1 12-1 12-3 10V3C-4 3-7 4-10 2Z" fill="#a98662" />
    <path d="M-8.5 1C-9-6 9-6 8.5 1C6 2.5 3 1.5 2 1.5V9.5H-2V1.5C-3 1.5-6 2.5-8.5 1Z" fill="#f1e3cd" />
    <path d="M-7 0.5C-3-2 3-2 7 0.5" stroke="#8a6846" strokeWidth="1.2" fill="none" />
  </>
);
const ham: Piece = (random) => (
  <>
    <path d={blob(random, 12, { wobble: 0.22, squash: 0.7 })} fill="#b9565a" />
    <path d={blob(random, 10, { wobble: 0.22, squash: 0.66 })} fill="#e08c88" />
    <path d="M-7 1C-3-3 2 3 7-1" stroke="#f6cfc7" strokeWidth="1.6" fill="none" />
  </>
);
const courgette: Piece = (random) => (
  <>
    <circle r="10" fill="#3f6b2b" />
    <circle r="8.6" fill="#d7e2a1" />
    <circle r="5" fill="#e8efc0" />
    {ring(random, 6, 3.4).map(({ x, y, turn }) => (
      <ellipse key={turn} cx={x} cy={y} rx="0.9" ry="0.6" fill="#b4c277" />
    ))}
    <path d="M-8-3L8-3M-8.5 3H8.5" stroke="#5b4a20" strokeOpacity="0.35" strokeWidth="1.6" />
  </>
);
const pepper: Piece = () => (
  <>
    <path d="M-12 4C-8-8 8-8 12 4C9 6 9 2 6 0C2-3-3-3-6 0C-9 2-9 6-12 4Z" fill="#b3231a" />
    <path d="M-11 2C-7-7 7-7 11 2C6-4-6-4-11 2Z" fill="#e5563a" />
  </>
);
const prawn: Piece = () => (
  <>
    <path d="M-9 7C-15-5-2-14 8-8C13-5 12 1 9 3C9-2 4-5-1-3C-5-1-5 4-9 7Z" fill="#e0724a" />
    <path d="M-8 4C-11-5-1-11 7-7C1-7-6-4-8 4Z" fill="#f6ab82" />
    <path d="M-9-2l4 2M-5-7l3 4M1-9l1 4M7-8l-1 4" stroke="#fbe0cd" strokeWidth="1.3" />
    <path d="M-9 7l-6 1l3 4zM-9 7l-1 6l5-2z" fill="#d2552f" />
  </>
);
const egg: Piece = (random) => (
  <>
    <path d={blob(random, 13, { wobble: 0.14 })} fill="#fffaf0" />
    <circle r="6" fill="#e99a1c" />
    <circle r="5.2" fill="#fbbe3b" />
    <ellipse cx="-1.6" cy="-2" rx="1.8" ry="1.2" fill="#fff1c4" />
  </>
);
const springOnion: Piece = () => (
  <>
    <ellipse rx="4.6" ry="4" fill="#5b9a3a" />
    <ellipse rx="3.2" ry="2.7" fill="#cfe6a0" />
    <ellipse rx="1.6" ry="1.3" fill="#7db552" />
  </>
);
const peanut: Piece = () => (
  <>
    <ellipse rx="4.6" ry="3.4" fill="#b98242" />
    <path d="M-4.6 0A4.6 3.4 0 0 1 4.6 0Z" fill="#e2b777" />
  </>
);
const chicken: Piece = (random) => (
  <>
    <path d={blob(random, 11, { wobble: 0.2, squash: 0.75 })} fill="#c88f4c" />
    <path d={blob(random, 9, { wobble: 0.2, squash: 0.7 })} fill="#f0cf9a" />
    <path d="M-6-2l9 4M-3-4l8 3" stroke="#c08a4a" strokeWidth="1" fill="none" />
  </>
);
const tofu: Piece = () => (
  <>
    <path d="M-9-5L2-9L10-4V5L-1 10L-9 4Z" fill="#c9924a" />
    <path d="M-9-5L2-9L10-4L-1 1Z" fill="#f6e3b6" />
    <path d="M-9-5L-1 1V10L-9 4Z" fill="#e2b872" />
  </>
);
const beef: Piece = (random) => (
  <>
    <path d={blob(random, 12, { wobble: 0.22, squash: 0.45 })} fill="#4a2412" />
    <path d={blob(random, 10, { wobble: 0.22, squash: 0.38 })} fill="#7a3d1e" />
    <path d="M-7-1C-2-3 3 1 7-2" stroke="#b97445" strokeWidth="1.2" fill="none" />
  </>
);
const carrot: Piece = () => (
  <>
    <path d="M-11-2.5H11V2.5H-11Z" fill="#c9601a" />
    <path d="M-11-2.5H11V0H-11Z" fill="#f08a35" />
  </>
);
const lemon: Piece = () => (
  <>
    <path d="M-13-3A13 13 0 0 0 13-3Z" fill="#e3b018" />
    <path d="M-11.5-3A11.5 11.5 0 0 0 11.5-3Z" fill="#fdf3b4" />
    <path
      d="M-9.5-2.4A9.5 9.5 0 0 0-4.5 5.5L-0.6-2.4ZM9.5-2.4A9.5 9.5 0 0 1 4.5 5.5L0.6-2.4ZM0-1L-3.6 6.2A9 9 0 0 0 3.6 6.2Z"
      fill="#f7d648"
    />
  </>
);
const ginger: Piece = () => <path d="M-8-1L8-2L9 1L-7 2Z" fill="#f2d78d" stroke="#c79c4a" strokeWidth="0.6" />;
const chili: Piece = () => (
  <>
    <circle r="4.6" fill="#b61b12" />
    <circle r="3" fill="#f3a08a" />
    <circle r="1.2" cx="1" fill="#fbe9b7" />
  </>
);
const cheese: Piece = () => (
  <>
    <path d="M-13 2C-6-6 6-7 13-3C8 0 0 2-8 6Z" fill="#e6c777" />
    <path d="M-13 2C-6-6 6-7 13-3C6-3-4-1-13 2Z" fill="#fbecb9" />
  </>
);
const truffle: Piece = (random) => (
  <>
    <path d={blob(random, 10, { wobble: 0.12 })} fill="#8d7355" />
    <path d={blob(random, 8.6, { wobble: 0.12 })} fill="#dcc9a6" />
    <path d="M-6-2C-3-5 0 1 3-3S7 2 4 4M-5 3C-2 1 0 5 2 6" stroke="#a58a63" strokeWidth="0.9" fill="none" />
  </>
);
const potato: Piece = (random) => (
  <>
    <path d={blob(random, 11, { wobble: 0.12, squash: 0.8 })} fill="#b9803a" />
    <path d={blob(random, 9, { wobble: 0.14, squash: 0.76 })} fill="#efc873" />
    <path d={blob(random, 3.5, { wobble: 0.3 })} fill="#c98c3e" opacity="0.6" />
  </>
);
const fries: Piece = (random) => {
  const half = random.between(15, 21);
  return (
    <>
      <path d={`M${-half}-3.2H${half}V3.2H${-half}Z`} fill="#c98a2c" />
      <path d={`M${-half}-3.2H${half}V0.8H${-half}Z`} fill="#f6cd68" />
      <path d={`M${-half}-3.2h3v6.4h-3z`} fill="#fbe3a0" />
    </>
  );
};
const onion: Piece = () => (
  <g fill="none">
    <circle r="9" stroke="#c79a4d" strokeWidth="2.4" />
    <circle r="5.5" stroke="#e6c88a" strokeWidth="2" />
  </g>
);
const garlic: Piece = () => (
  <path d="M-6 2C-5-5 4-6 7 0C3 1-2 4-6 2Z" fill="#f8eccb" stroke="#d8bd83" strokeWidth="0.7" />
);
const butter: Piece = () => (
  <>
    <path d="M-9-3L3-8L10-2L-2 4Z" fill="#fdf0ad" />
    <path d="M-9-3L-2 4V9L-9 2Z" fill="#ecd170" />
    <path d="M-2 4L10-2V3L-2 9Z" fill="#f5de87" />
  </>
);
const coconut: Piece = () => (
  <path d="M-8 2C-3-5 5-4 9 0C4-1-2 1-8 2Z" fill="#fffdf6" stroke="#d9c9b1" strokeWidth="0.6" />
);

/** Ingredients that lie there in pieces. The others are seen in the colour of sauces. */
export const pieces: Readonly<Partial<Record<Ingredient, Piece>>> & { readonly basil: Piece; readonly leaf: Piece } = {
  basil,
  leaf,
  tomato,
  mozzarella,
  mushroom,
  ham,
  courgette,
  pepper,
  prawn,
  egg,
  'spring-onion': springOnion,
  peanut,
  chicken,
  tofu,
  beef,
  carrot,
  lemon,
  ginger,
  chili,
  cheese,
  truffle,
  potato,
  fries,
  onion,
  garlic,
  butter,
  coconut,
};
