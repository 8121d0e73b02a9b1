import type { Draw } from '../draw.ts';
import type { Ingredient } from '../ingredient.ts';
import { pieces } from '../pieces.tsx';
import type { Random } from '../random.ts';
import { Scattered } from '../scattered.tsx';
import { at, blob, ring, scatter } from '../shapes.ts';
import { Bowl, Dip, Plate } from '../vessels.tsx';

export const drawSalad: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  return (
    <>
      <Bowl random={random} />
      <circle r="60" fill="#33551f" />
      <Scattered random={random} piece={pieces.leaf} count={34} radius={50} scale={1.3} />
      <Scattered random={random} piece={pieces.leaf} count={22} radius={40} scale={1.15} />
      {has('tomato') && <Scattered random={random} piece={pieces.tomato ?? pieces.leaf} count={7} radius={42} />}
      {has('carrot') && <Scattered random={random} piece={pieces.carrot ?? pieces.leaf} count={9} radius={42} />}
      {has('egg') && <Scattered random={random} piece={pieces.egg ?? pieces.leaf} count={3} radius={34} />}
      {has('cheese') && (
        <Scattered random={random} piece={pieces.cheese ?? pieces.leaf} count={9} radius={42} scale={1.05} />
      )}
      {has('lemon') && <Scattered random={random} piece={pieces.lemon ?? pieces.leaf} count={2} radius={44} />}
    </>
  );
};

/** A roll of thin dough, 50 long. */
function Roll({ random }: { random: Random }) {
  return (
    <g filter="url(#picture-lift)">
      <rect x="-32" y="-9.5" width="64" height="19" rx="8" fill="#9c5f1f" />
      <rect x="-31" y="-9" width="62" height="15.5" rx="7.5" fill="#dc9c47" />
      <rect x="-29" y="-7.5" width="58" height="5" rx="2.5" fill="#f6cf87" />
      {scatter(random, 9, 24).map(({ x, y }) => (
        <circle key={`${x} ${y}`} cx={x} cy={y * 0.24} r={random.between(0.8, 2)} fill="#a9641f" opacity="0.55" />
      ))}
      <path d="M-14-9L-6 9" stroke="#a76a28" strokeWidth="1.2" />
      <ellipse cx="30" rx="4" ry="8.5" fill="#f0dcae" />
      <path d="M30-6v12M28.5-4v8M31.5-3v7" stroke="#7da24a" strokeWidth="1.3" />
      <path d="M29.5-2v3" stroke="#e57a2d" strokeWidth="1.6" />
    </g>
  );
}

export const drawRolls: Draw = (_motif, random) => (
  <>
    <Plate random={random} />
    <Scattered random={random} piece={pieces.leaf} count={7} radius={24} x={-30} y={-32} scale={1.2} />
    {[-26, -5, 16, 37].map((y, index) => (
      <g key={y} transform={at(6 + index * 2, y, random.between(-14, -4))}>
        <Roll random={random} />
      </g>
    ))}
    <Dip x={-36} y={26} colour="#4a220d" />
  </>
);

/** Golden crumbs over what was fried. */
function Crumbs({ random, radius }: { random: Random; radius: number }) {
  return scatter(random, 16, radius).map(({ x, y }) => (
    <circle
      key={`${x} ${y}`}
      cx={x}
      cy={y}
      r={random.between(0.7, 1.9)}
      fill={random.pick(['#f8d893', '#a9651f', '#fbe8b8'])}
      opacity="0.8"
    />
  ));
}

function Ball({ random, radius, isOpen }: { random: Random; radius: number; isOpen: boolean }) {
  return (
    <g filter="url(#picture-lift)">
      <path d={blob(random, radius, { wobble: 0.04 })} fill="#8f5417" />
      <path d={blob(random, radius - 1.5, { wobble: 0.04 })} fill="#cf8a36" />
      <circle r={radius - 1} fill="url(#picture-liquid)" />
      <Crumbs random={random} radius={radius - 3} />
      {isOpen && (
        <>
          <path d={blob(random, radius - 4, { wobble: 0.05 })} fill="#f4e2b0" />
          <path d={blob(random, radius - 10, { wobble: 0.16 })} fill="#fffaf0" />
          <path
            d={`M${-radius * 0.2} 0q6 ${radius * 0.7} ${radius * 0.5} ${radius * 0.9}`}
            stroke="#fffaf0"
            strokeWidth="4"
            fill="none"
            strokeLinecap="round"
          />
        </>
      )}
    </g>
  );
}

function BatteredPrawn({ random }: { random: Random }) {
  return (
    <g filter="url(#picture-lift)">
      <path d="M-34 8l-12 6l4-8l-6-6z" fill="#e0633a" />
      <path d="M-36 6C-28-10 8-18 30-8C40-2 36 10 24 10C4 6-18 16-36 6Z" fill="#b97a2a" />
      <path d="M-34 4C-26-10 8-17 29-8C37-3 34 6 24 7C4 3-18 12-34 4Z" fill="#efc26e" />
      <path d="M-24-2C-10-9 10-12 24-6" stroke="#fdeab8" strokeWidth="4" strokeLinecap="round" fill="none" />
      {scatter(random, 14, 26).map(({ x, y }) => (
        <path
          key={`${x} ${y}`}
          d={blob(random, 2.6, { wobble: 0.5, points: 6 })}
          transform={at(x, y * 0.35 - 1)}
          fill={random.pick(['#fbe2a2', '#d99a3f'])}
        />
      ))}
    </g>
  );
}

export const drawFried: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  const isSweet = has('coconut') || has('peanut') || has('chocolate');
  return (
    <>
      <Plate random={random} />
      {!isSweet && <Scattered random={random} piece={pieces.leaf} count={6} radius={20} x={-34} y={-30} scale={1.1} />}
      {has('prawn')
        ? [-26, -6, 14, 34].map((y) => (
            <g key={y} transform={at(10, y, random.between(-20, 6))}>
              <BatteredPrawn random={random} />
            </g>
          ))
        : ring(random, 5, 31).map(({ x, y, turn }, index) => (
            <g key={turn} transform={at(x, y, turn)}>
              <Ball random={random} radius={isSweet ? 17 : 19} isOpen={index === 0 && has('mozzarella')} />
            </g>
          ))}
      {!has('prawn') && <Ball random={random} radius={18} isOpen={false} />}
      {has('peanut') && (
        <Scattered random={random} piece={pieces.peanut ?? pieces.leaf} count={9} radius={50} scale={0.8} />
      )}
      {has('coconut') && (
        <Scattered random={random} piece={pieces.coconut ?? pieces.leaf} count={12} radius={46} scale={0.7} />
      )}
      {isSweet && (
        <g fill="#fff">
          {scatter(random, 90, 52).map(({ x, y }) => (
            <circle key={`${x} ${y}`} cx={x} cy={y} r={random.between(0.4, 1.2)} opacity="0.85" />
          ))}
        </g>
      )}
      {!isSweet && <Dip x={-38} y={30} colour={has('mozzarella') ? '#c23c1c' : '#5a2c10'} />}
      {has('lemon') && (
        <g transform={at(40, -40, 30)} filter="url(#picture-lift)">
          {pieces.lemon?.(random)}
        </g>
      )}
    </>
  );
};

/** Something good, of which nothing more is known. */
export const drawPlate: Draw = ({ ingredients }, random) => (
  <>
    <Plate random={random} />
    <path
      d={blob(random, 38, { wobble: 0.14 })}
      fill={random.pick(['#c9793a', '#b3552d', '#d3a24a'])}
      filter="url(#picture-lift)"
    />
    <circle r="36" fill="url(#picture-liquid)" />
    {ingredients.flatMap((one) => {
      const piece = pieces[one];
      return piece ? [<Scattered key={one} random={random} piece={piece} count={6} radius={38} />] : [];
    })}
    <Scattered random={random} piece={pieces.leaf} count={8} radius={22} />
    <Scattered random={random} piece={pieces.basil} count={3} radius={14} />
  </>
);
