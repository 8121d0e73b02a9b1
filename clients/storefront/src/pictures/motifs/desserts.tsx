import type { Draw } from '../draw.ts';
import type { Ingredient } from '../ingredient.ts';
import { pieces } from '../pieces.tsx';
import type { Random } from '../random.ts';
import { Scattered } from '../scattered.tsx';
import { at, blob, ring, scatter } from '../shapes.ts';
import { Plate } from '../vessels.tsx';

/** Fine powder over a disk. */
function Dust({ random, radius, count, colour }: { random: Random; radius: number; count: number; colour: string }) {
  return (
    <g fill={colour}>
      {Array.from({ length: count }, (_nothing, index) => {
        const angle = random.between(0, Math.PI * 2);
        const reach = Math.sqrt(random.next()) * radius;
        return (
          <circle
            key={index}
            cx={(Math.cos(angle) * reach).toFixed(1)}
            cy={(Math.sin(angle) * reach).toFixed(1)}
            r={random.between(0.5, 1.6).toFixed(1)}
            opacity="0.7"
          />
        );
      })}
    </g>
  );
}

function Raspberry({ random }: { random: Random }) {
  return (
    <g filter="url(#picture-lift)">
      <circle r="8" fill="#8f1230" />
      {scatter(random, 13, 6.4).map(({ x, y }) => (
        <g key={`${x} ${y}`}>
          <circle cx={x} cy={y} r="2.5" fill="#cf2a4e" />
          <circle cx={x - 0.6} cy={y - 0.7} r="0.8" fill="#f59ab0" />
        </g>
      ))}
    </g>
  );
}

function Mint({ random }: { random: Random }) {
  return [0, 130, 230].map((turn) => (
    <g key={turn} transform={`rotate(${turn}) translate(6 0) scale(0.7)`}>
      {pieces.basil(random)}
    </g>
  ));
}

export const drawGlass: Draw = ({ ingredients }, random) => {
  const isDark = ingredients.includes('chocolate');
  return (
    <>
      <Plate random={random} />
      <g transform={at(-2, 2)}>
        <rect x="-45" y="-45" width="90" height="90" rx="20" fill="#c9d3d6" filter="url(#picture-shadow)" />
        <rect x="-43" y="-43" width="86" height="86" rx="18" fill="#eef4f5" />
        <rect x="-38" y="-38" width="76" height="76" rx="14" fill="#d8bf95" />
        {[-25, 0, 25].flatMap((x) =>
          [-25, 0, 25].map((y) => (
            <g key={`${x} ${y}`} transform={at(x, y)} filter="url(#picture-lift)">
              <path d={blob(random, 14, { wobble: 0.08 })} fill="#efe0bd" />
              <path d={blob(random, 11, { wobble: 0.1 })} fill="#fdf6e3" />
              <path d="M-6-1C-4-7 5-7 6-1C6 4-1 5-2 1" stroke="#dcc69a" strokeWidth="1.6" fill="none" />
            </g>
          )),
        )}
        {isDark && <Dust random={random} radius={41} count={240} colour="#5a2f16" />}
        <path
          d="M-40-22C-40-36-34-40-20-40"
          stroke="#fff"
          strokeOpacity="0.85"
          strokeWidth="3"
          strokeLinecap="round"
          fill="none"
        />
      </g>
      {scatter(random, 4, 10).map(({ x, y }) => (
        <g key={`${x} ${y}`} transform={at(x + 46, y + 40, random.between(0, 180), 0.8)} filter="url(#picture-lift)">
          <ellipse rx="6" ry="4.4" fill="#3a1c0c" />
          <path d="M-5 0Q0-2 5 0" stroke="#8a5a34" strokeWidth="1.1" fill="none" />
        </g>
      ))}
      <g transform={at(20, -20, 30, 1.1)} filter="url(#picture-lift)">
        <Mint random={random} />
      </g>
    </>
  );
};

export const drawRamekin: Draw = (_motif, random) => (
  <>
    <Plate random={random} />
    <circle r="52" fill="#d9d2c6" filter="url(#picture-shadow)" />
    <circle r="51" fill="#fdfbf6" />
    {ring(random, 40, 48.5).map(({ x, y, turn }) => (
      <path key={turn} d="M-2.5 0H2.5" transform={at(x, y, turn)} stroke="#d5cdbf" strokeWidth="1.3" />
    ))}
    <circle r="45" fill="#c9bda6" />
    <circle r="44" cy="1" fill="#8f4d10" />
    <path d={blob(random, 42, { wobble: 0.03 })} fill="#c9791c" />
    {scatter(random, 26, 36).map(({ x, y }) => (
      <path
        key={`${x} ${y}`}
        d={blob(random, random.between(4, 11), { wobble: 0.35 })}
        transform={at(x, y)}
        fill={random.pick(['#e9a63a', '#f6c968', '#7a3a0b', '#a9580f'])}
        opacity="0.6"
      />
    ))}
    <circle r="43" fill="url(#picture-liquid)" />
    <path d="M-10-30L4-12L-6 6L14 22" stroke="#fbe0a0" strokeOpacity="0.7" strokeWidth="1.4" fill="none" />
    <path
      d="M-30-16A34 34 0 0 1-6-33"
      stroke="#fff"
      strokeOpacity="0.7"
      strokeWidth="4"
      strokeLinecap="round"
      fill="none"
    />
    <g transform={at(16, 14)}>
      <Raspberry random={random} />
    </g>
    <g transform={at(29, 5)}>
      <Raspberry random={random} />
    </g>
    <g transform={at(28, 20, 20)} filter="url(#picture-lift)">
      <Mint random={random} />
    </g>
  </>
);

export const drawCake: Draw = ({ ingredients }, random) => {
  const isDark = ingredients.includes('chocolate');
  const [edge, top, core] = isDark ? ['#27110a', '#4a2414', '#2b0f06'] : ['#a9752f', '#e5be74', '#fbe9bb'];
  return (
    <>
      <Plate random={random} />
      <path d={blob(random, 27, { wobble: 0.24, squash: 0.7 })} transform={at(16, 30, 20)} fill={core} />
      <path
        d="M2 22C10 20 22 26 32 24"
        stroke="#fff"
        strokeOpacity="0.4"
        strokeWidth="3"
        strokeLinecap="round"
        fill="none"
      />
      <g transform={at(-8, -4)}>
        <circle r="37" fill={edge} filter="url(#picture-shadow)" />
        <circle r="36" cy="-1" fill={top} />
        <circle r="36" cy="-1" fill="url(#picture-liquid)" />
        <Dust random={random} radius={33} count={150} colour="#fff" />
        <path d="M6 34C4 16 14 8 30 12C28 24 20 32 6 34Z" fill={core} />
        <path
          d="M9 29C10 20 17 15 26 15"
          stroke="#fff"
          strokeOpacity="0.5"
          strokeWidth="2.6"
          strokeLinecap="round"
          fill="none"
        />
        <path d="M-30-8L-12-26M-34 4L2-32M-30 16L14-28" stroke={edge} strokeOpacity="0.35" strokeWidth="1.6" />
      </g>
      <g transform={at(40, -20, 30)} filter="url(#picture-lift)">
        <ellipse rx="20" ry="12" fill="#e8dcc4" />
        <ellipse rx="18.5" ry="10" cy="-1" fill="#fffaf0" />
        <path d="M-13-2C-6-7 6-7 13-3" stroke="#e2d3b4" strokeWidth="1.8" fill="none" />
      </g>
      {[
        [34, 8],
        [46, 6],
        [40, 17],
      ].map(([x = 0, y = 0]) => (
        <g key={x} transform={at(x, y)}>
          <Raspberry random={random} />
        </g>
      ))}
      <g transform={at(46, -6, 60)} filter="url(#picture-lift)">
        <Mint random={random} />
      </g>
    </>
  );
};

export const drawTart: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  const [deep, cream] = has('chocolate')
    ? ['#2b1208', '#55291a']
    : has('lemon')
      ? ['#d99a12', '#f8d445']
      : ['#b9651f', '#e09a44'];
  return (
    <>
      <Plate random={random} />
      <circle r="53" fill="#99662a" filter="url(#picture-shadow)" />
      {ring(random, 34, 52).map(({ x, y, turn }) => (
        <circle
          key={turn}
          cx={x}
          cy={y}
          r="5"
          fill={random.pick(['#dfae62', '#cf9848', '#e8bf7d'])}
          stroke="#99662a"
          strokeWidth="0.6"
        />
      ))}
      <circle r="49" fill="#e3b66c" />
      <circle r="45" fill="#a8702c" />
      <circle r="44" cy="0.6" fill={deep} />
      <circle r="43" cy="1" fill={cream} />
      <circle r="43" cy="1" fill="url(#picture-liquid)" />
      <path
        d="M-28-18A33 33 0 0 1-4-33"
        stroke="#fff"
        strokeOpacity="0.75"
        strokeWidth="4"
        strokeLinecap="round"
        fill="none"
      />
      {ring(random, 9, 33).map(({ x, y, turn }) => (
        <g key={turn} transform={at(x, y, turn)} filter="url(#picture-lift)">
          <circle r="7.6" fill="#e7d9b8" />
          <circle r="7" cy="-0.6" fill="#fffaf0" />
          <path d="M-3 1C-3-4 4-4 3 0C2 3-1 2 0 0" stroke="#caa05a" strokeWidth="1.3" fill="none" />
        </g>
      ))}
      {has('lemon') && (
        <g filter="url(#picture-lift)">
          {[0, 120, 240].map((turn) => (
            <g key={turn} transform={`rotate(${turn}) translate(0 6) scale(0.8)`}>
              {pieces.lemon?.(random)}
            </g>
          ))}
        </g>
      )}
      {!has('lemon') && <Scattered random={random} piece={() => <Raspberry random={random} />} count={4} radius={14} />}
      <g transform={at(0, 0, 15, 0.9)} filter="url(#picture-lift)">
        <Mint random={random} />
      </g>
    </>
  );
};
