import type { Draw } from '../draw.ts';
import type { Ingredient } from '../ingredient.ts';
import { pieces } from '../pieces.tsx';
import { Scattered } from '../scattered.tsx';
import { at, blob, ring, scatter } from '../shapes.ts';
import { Board } from '../vessels.tsx';

/** What lies on a pizza, from below to above, and how much of it. */
const toppings: readonly (readonly [Ingredient, number])[] = [
  ['ham', 8],
  ['courgette', 8],
  ['mushroom', 8],
  ['pepper', 7],
  ['prawn', 6],
  ['egg', 1],
  ['garlic', 6],
  ['chili', 6],
  ['leaf', 6],
  ['basil', 5],
];

export const drawPizza: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  const hasCheese = has('mozzarella') || has('cheese');
  const sauce = has('tomato') ? ['#a5301a', '#c9452a'] : ['#e3c27c', '#f4deA6'];
  return (
    <>
      <Board />
      <path d={blob(random, 73, { wobble: 0.025, points: 16 })} fill="#8f5a22" filter="url(#picture-shadow)" />
      <path d={blob(random, 72, { wobble: 0.025, points: 16 })} fill="#d99c52" />
      {ring(random, 18, 67).map(({ x, y, turn }) => (
        <g key={turn} transform={at(x, y, turn)} opacity={random.between(0.25, 0.75)}>
          <path
            d={blob(random, random.between(2.5, 7), { wobble: 0.35 })}
            fill={random.pick(['#7a4316', '#a8682a', '#f0c078'])}
          />
        </g>
      ))}
      <path d={blob(random, 63, { wobble: 0.035, points: 14 })} fill="#c07f3c" />
      <path d={blob(random, 61, { wobble: 0.04, points: 14 })} fill={sauce[0]} />
      <path d={blob(random, 55, { wobble: 0.06, points: 12 })} fill={sauce[1]} />
      {hasCheese && (
        <g>
          {scatter(random, has('mozzarella') && has('tomato') ? 15 : 24, 50).map(({ x, y }) => (
            <g key={`${x} ${y}`} transform={at(x, y)}>
              <path d={blob(random, random.between(9, 15), { wobble: 0.24 })} fill="#f3d894" opacity="0.92" />
              <path d={blob(random, random.between(6, 10), { wobble: 0.26 })} fill="#fdf0c6" />
              <path d={blob(random, random.between(1.5, 3.6), { wobble: 0.35 })} fill="#b9722c" opacity="0.6" />
            </g>
          ))}
        </g>
      )}
      {toppings
        .filter(([one]) => has(one))
        .map(([one, count]) => {
          const piece = pieces[one];
          return piece && <Scattered key={one} random={random} piece={piece} count={count} radius={47} scale={0.92} />;
        })}
      <g stroke="#5b2c0c" strokeOpacity="0.32" strokeWidth="1.6">
        {[18, 63, 108, 153].map((turn) => (
          <path key={turn} d="M-70 0H70" transform={`rotate(${turn})`} />
        ))}
      </g>
      <path d={blob(random, 70, { wobble: 0.02 })} fill="url(#picture-sheen)" opacity="0.4" />
    </>
  );
};
