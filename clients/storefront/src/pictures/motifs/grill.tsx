import type { Draw } from '../draw.ts';
import type { Ingredient } from '../ingredient.ts';
import { pieces } from '../pieces.tsx';
import type { Random } from '../random.ts';
import { Scattered } from '../scattered.tsx';
import { at, blob, scatter } from '../shapes.ts';
import { Plate } from '../vessels.tsx';

/** Where the bars of the griddle were. */
function GrillMarks({ reach }: { reach: readonly number[] }) {
  return (
    <g stroke="#2a1208" strokeOpacity="0.62" strokeWidth="3.2" strokeLinecap="round">
      {reach.map((half, index) => {
        const y = (index - (reach.length - 1) / 2) * 9;
        return <path key={y} d={`M${-half} ${y + 4}L${half} ${y - 4}`} />;
      })}
    </g>
  );
}

/** Fries in a heap, one over the other. */
function Fries({ random, x, y }: { random: Random; x: number; y: number }) {
  return (
    <g transform={at(x, y)} filter="url(#picture-lift)">
      {scatter(random, 22, 25).map((place) => (
        <g key={`${place.x} ${place.y}`} transform={at(place.x, place.y, random.between(-75, 75), 0.95)}>
          {pieces.fries?.(random)}
        </g>
      ))}
    </g>
  );
}

/** What stands beside the meat or the fish. */
function Sides({ has, random }: { has: (one: Ingredient) => boolean; random: Random }) {
  return (
    <>
      {has('leaf') && (
        <Scattered random={random} piece={pieces.leaf} count={18} radius={26} x={-32} y={-24} scale={1.15} />
      )}
      {has('fries') && <Fries random={random} x={-32} y={-20} />}
      {has('potato') && (
        <Scattered
          random={random}
          piece={pieces.potato ?? pieces.leaf}
          count={9}
          radius={25}
          x={-32}
          y={-22}
          scale={1.15}
        />
      )}
      {has('courgette') && (
        <Scattered
          random={random}
          piece={pieces.courgette ?? pieces.leaf}
          count={10}
          radius={25}
          x={-32}
          y={-22}
          scale={1.15}
        />
      )}
    </>
  );
}

export const drawMeat: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  const isLight = has('chicken');
  const [dark, body, bright] = isLight ? ['#9a6428', '#d9a862', '#f3d6a2'] : ['#2f150a', '#6b3318', '#9a5730'];
  return (
    <>
      <Plate random={random} />
      <Sides has={has} random={random} />
      {![...ingredients].some((one) => one === 'fries' || one === 'leaf' || one === 'potato') && (
        <Scattered random={random} piece={pieces.leaf} count={10} radius={22} x={-34} y={-24} />
      )}
      <g transform={at(15, 16, -18)}>
        <g filter="url(#picture-shadow)">
          <path d={blob(random, 41, { wobble: 0.08, squash: 0.68 })} fill={dark} />
        </g>
        <path d={blob(random, 39, { wobble: 0.08, squash: 0.66 })} fill={body} />
        <path d={blob(random, 30, { wobble: 0.14, squash: 0.5 })} fill={bright} opacity="0.4" />
        <GrillMarks reach={[18, 28, 32, 28, 18]} />
        <path
          d="M-30-12C-16-24 10-25 24-18"
          stroke="#fff"
          strokeOpacity="0.28"
          strokeWidth="3"
          strokeLinecap="round"
          fill="none"
        />
        {has('butter') && (
          <g transform={at(4, -2, 12, 1.15)} filter="url(#picture-lift)">
            <path d={blob(random, 12, { wobble: 0.3 })} fill="#f7dc83" opacity="0.6" />
            {pieces.butter?.(random)}
          </g>
        )}
      </g>
      {has('lemon') && (
        <g transform={at(44, -34, 24)} filter="url(#picture-lift)">
          {pieces.lemon?.(random)}
        </g>
      )}
      <Scattered random={random} piece={pieces['spring-onion'] ?? pieces.leaf} count={7} radius={42} scale={0.45} />
    </>
  );
};

export const drawTofu: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  return (
    <>
      <Plate random={random} />
      <path d={blob(random, 46, { wobble: 0.12 })} transform={at(8, 10)} fill="#3b1c0c" opacity="0.85" />
      <Sides has={has} random={random} />
      {[-12, 12, 36].map((y, index) => (
        <g key={y} transform={at(12 + index * 4, y - 2, random.between(-16, -6))} filter="url(#picture-lift)">
          <rect x="-30" y="-11" width="60" height="23" rx="4" fill="#8d5a20" />
          <rect x="-30" y="-11" width="60" height="18.5" rx="4" fill="#e9c582" />
          <rect x="-28" y="-9.5" width="56" height="6" rx="3" fill="#fbe9bb" />
          <g stroke="#5a2c0e" strokeOpacity="0.6" strokeWidth="2.6" strokeLinecap="round">
            {[-18, -6, 6, 18].map((x) => (
              <path key={x} d={`M${x - 4} 5L${x + 4}-8`} />
            ))}
          </g>
        </g>
      ))}
      {has('ginger') && (
        <Scattered random={random} piece={pieces.ginger ?? pieces.leaf} count={7} radius={26} x={14} y={10} />
      )}
      <Scattered
        random={random}
        piece={pieces['spring-onion'] ?? pieces.leaf}
        count={9}
        radius={32}
        x={12}
        y={10}
        scale={0.75}
      />
      <g fill="#fff4d6">
        {scatter(random, 26, 34).map(({ x, y }) => (
          <ellipse key={`${x} ${y}`} rx="1.5" ry="0.9" transform={at(12 + x, 10 + y, random.between(0, 180))} />
        ))}
      </g>
    </>
  );
};

const FILLET = 'M-46 4C-42-16-8-24 22-19C42-15 50-4 44 6C34 20-2 23-24 19C-38 16-48 13-46 4Z';

export const drawFish: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  const isBattered = has('fries');
  return (
    <>
      <Plate random={random} />
      <Sides has={has} random={random} />
      {!isBattered && (
        <path
          d={blob(random, 42, { wobble: 0.14, squash: 0.7 })}
          transform={at(12, 20, -14)}
          fill="#f3d873"
          opacity="0.75"
        />
      )}
      <g transform={at(12, 18, -16)}>
        <path d={FILLET} fill={isBattered ? '#a86c22' : '#b85a34'} filter="url(#picture-shadow)" />
        <g transform="scale(0.95)">
          <path d={FILLET} fill={isBattered ? '#e0a64c' : '#f0916a'} />
          {isBattered ? (
            scatter(random, 34, 40).map(({ x, y }) => (
              <path
                key={`${x} ${y}`}
                d={blob(random, random.between(2, 5), { wobble: 0.4, points: 7 })}
                transform={at(x, y * 0.42)}
                fill={random.pick(['#f8d48a', '#c78733', '#fbe3ad'])}
                opacity="0.75"
              />
            ))
          ) : (
            <g stroke="#fbd3bb" strokeWidth="2.2" fill="none" strokeLinecap="round">
              {[-34, -24, -14, -4, 6, 16, 26, 36].map((x) => (
                <path key={x} d={`M${x}-11Q${x + 9} 0 ${x} 11`} />
              ))}
            </g>
          )}
          <path
            d="M-38-2C-26-15 6-20 30-13"
            stroke="#fff"
            strokeOpacity="0.4"
            strokeWidth="3.4"
            strokeLinecap="round"
            fill="none"
          />
        </g>
      </g>
      <g transform={at(42, -36, 20, 1.1)} filter="url(#picture-lift)">
        {pieces.lemon?.(random)}
      </g>
      <Scattered
        random={random}
        piece={pieces['spring-onion'] ?? pieces.leaf}
        count={9}
        radius={30}
        x={12}
        y={18}
        scale={0.5}
      />
      <Scattered random={random} piece={pieces.leaf} count={2} radius={8} x={34} y={44} scale={0.8} />
    </>
  );
};
