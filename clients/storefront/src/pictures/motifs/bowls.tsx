import type { Draw } from '../draw.ts';
import type { Ingredient } from '../ingredient.ts';
import { pieces } from '../pieces.tsx';
import type { Random } from '../random.ts';
import { Scattered } from '../scattered.tsx';
import { at, blob, scatter } from '../shapes.ts';
import { Bowl } from '../vessels.tsx';
import { Grains } from './rice.tsx';

/** What stands in a bowl, with its light. */
function Liquid({ random, colour, deep }: { random: Random; colour: string; deep: string }) {
  return (
    <>
      <circle r="63" fill={deep} />
      <path d={blob(random, 61, { wobble: 0.012, points: 14 })} fill={colour} />
      <circle r="62" fill="url(#picture-liquid)" />
      <path
        d="M-46-22A51 51 0 0 1-14-48"
        stroke="#fff"
        strokeOpacity="0.45"
        strokeWidth="4"
        strokeLinecap="round"
        fill="none"
      />
    </>
  );
}

/** Beads of oil. */
function Beads({ random, colour }: { random: Random; colour: string }) {
  return scatter(random, 22, 54).map(({ x, y }) => (
    <circle key={`${x} ${y}`} cx={x} cy={y} r={random.between(0.9, 3.2)} fill={colour} opacity="0.55" />
  ));
}

export const drawSoup: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  const [colour, deep] = has('tomato')
    ? ['#cf4a26', '#93290f']
    : has('onion')
      ? ['#a86a2a', '#6f3f12']
      : has('green')
        ? ['#7f9f3f', '#56722a']
        : ['#d98a34', '#a45e1b'];
  return (
    <>
      <Bowl random={random} />
      <Liquid random={random} colour={colour} deep={deep} />
      <Beads random={random} colour="#ffdf9a" />
      {has('onion') && (
        <Scattered random={random} piece={pieces.onion ?? pieces.basil} count={7} radius={50} scale={1.1} />
      )}
      {has('cheese') && (
        <g filter="url(#picture-lift)">
          {[-26, 0, 26].map((x) => (
            <g key={x} transform={at(x, random.between(-6, 6), random.between(-20, 20))}>
              <path d="M-16-24C-16-30 16-30 16-24V22C16 30-16 30-16 22Z" fill="#8a5222" />
              <path d="M-14-23C-14-28 14-28 14-23V21C14 27-14 27-14 21Z" fill="#dba55c" />
              {scatter(random, 5, 15).map((place) => (
                <g key={`${place.x} ${place.y}`} transform={at(place.x * 0.7, place.y * 1.2)}>
                  <path d={blob(random, 10, { wobble: 0.3 })} fill="#f5d583" />
                  <path d={blob(random, 4, { wobble: 0.4 })} fill="#b66f26" opacity="0.75" />
                </g>
              ))}
            </g>
          ))}
        </g>
      )}
      <Scattered random={random} piece={pieces['spring-onion'] ?? pieces.basil} count={9} radius={46} scale={0.8} />
    </>
  );
};

/** What is in a curry or a wok, and how much of it. */
const fillings: readonly (readonly [Ingredient, number])[] = [
  ['carrot', 6],
  ['courgette', 5],
  ['mushroom', 5],
  ['pepper', 7],
  ['chicken', 9],
  ['tofu', 8],
  ['beef', 13],
  ['prawn', 6],
  ['ginger', 6],
  ['peanut', 8],
  ['chili', 4],
];

export const drawCurry: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  const [colour, deep] = has('green')
    ? ['#a3b356', '#6b7d2c']
    : has('red')
      ? ['#d5632f', '#9c3614']
      : ['#dca23a', '#a46f1a'];
  return (
    <>
      <Bowl random={random} />
      <Liquid random={random} colour={colour} deep={deep} />
      <path
        d="M-30 8C-20-18 12-22 22-4S4 26-10 16S-8-6 4-2"
        stroke="#fff7e2"
        strokeOpacity="0.6"
        strokeWidth="4.5"
        strokeLinecap="round"
        fill="none"
      />
      <Beads random={random} colour={has('green') ? '#d7e08a' : '#ffb06a'} />
      {fillings
        .filter(([one]) => has(one) && pieces[one])
        .map(([one, count]) => (
          <Scattered
            key={one}
            random={random}
            piece={pieces[one] ?? pieces.basil}
            count={count}
            radius={40}
            x={-10}
            y={6}
          />
        ))}
      {has('rice') && (
        <g transform={at(32, -26)} filter="url(#picture-lift)">
          <path d={blob(random, 31, { wobble: 0.08 })} fill="#e4dcc8" />
          <Grains random={random} radius={29} count={110} colours={['#fffdf6', '#f5efdf', '#e9e0cb']} />
        </g>
      )}
      <Scattered random={random} piece={pieces.basil} count={3} radius={26} x={-14} y={10} scale={0.9} />
    </>
  );
};

export const drawStirFry: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  return (
    <>
      <Bowl random={random} />
      <circle r="62" fill="#3a1d0d" />
      <path d={blob(random, 56, { wobble: 0.08 })} fill="#5e2f14" />
      <circle r="62" fill="url(#picture-liquid)" />
      {fillings
        .filter(([one]) => has(one) && pieces[one])
        .map(([one, count]) => (
          <Scattered
            key={one}
            random={random}
            piece={pieces[one] ?? pieces.basil}
            count={count * 2}
            radius={46}
            scale={1.15}
          />
        ))}
      <Scattered random={random} piece={pieces['spring-onion'] ?? pieces.basil} count={14} radius={46} scale={0.9} />
      <Scattered random={random} piece={pieces.chili ?? pieces.basil} count={6} radius={42} scale={0.9} />
      <g fill="#fff4d6">
        {scatter(random, 40, 48).map(({ x, y }) => (
          <ellipse key={`${x} ${y}`} rx="1.5" ry="0.9" transform={at(x, y, random.between(0, 180))} />
        ))}
      </g>
    </>
  );
};
