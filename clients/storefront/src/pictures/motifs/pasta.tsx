import type { Draw } from '../draw.ts';
import type { Ingredient } from '../ingredient.ts';
import { pieces } from '../pieces.tsx';
import type { Random } from '../random.ts';
import { Scattered } from '../scattered.tsx';
import { at, blob, scatter } from '../shapes.ts';
import { Bowl, Plate } from '../vessels.tsx';

interface NestProps {
  readonly random: Random;
  readonly radius: number;
  readonly strands: number;
  readonly width: number;
  readonly colours: readonly [string, string, string];
}

/** Strands that wind around a middle, one over the other. */
function Nest({ random, radius, strands, width, colours: [shade, body, shine] }: NestProps) {
  const strand = (index: number) => {
    // The outer ones lie lowest.
    const reach = radius * (1 - (index / strands) * 0.78) * random.between(0.9, 1.06);
    const squash = random.between(0.72, 1);
    const sweep = random.between(200, 320);
    const end = (sweep * Math.PI) / 180;
    const d = `M${reach} 0A${reach} ${reach * squash} 0 ${sweep > 180 ? 1 : 0} 1 ${Math.cos(end) * reach} ${Math.sin(end) * reach * squash}`;
    return { d, place: at(random.between(-5, 5), random.between(-5, 5), random.between(0, 360)) };
  };
  return (
    <g fill="none" strokeLinecap="round">
      {Array.from({ length: strands }, (_nothing, index) => {
        const { d, place } = strand(index);
        return (
          <g key={index} transform={place}>
            <path d={d} stroke={shade} strokeWidth={width + 1.6} />
            <path d={d} stroke={body} strokeWidth={width} />
            <path d={d} stroke={shine} strokeWidth={width * 0.3} strokeOpacity="0.8" />
          </g>
        );
      })}
    </g>
  );
}

export const drawPasta: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  return (
    <>
      <Plate random={random} />
      <g filter="url(#picture-lift)">
        <Nest random={random} radius={50} strands={46} width={3.4} colours={['#a9772a', '#eec668', '#fff0c0']} />
      </g>
      {has('tomato') && (
        <g filter="url(#picture-lift)">
          <path d={blob(random, 27, { wobble: 0.2, points: 12 })} fill="#a52c14" />
          <path d={blob(random, 24, { wobble: 0.2, points: 12 })} fill="#d24a28" />
          {scatter(random, 9, 18).map(({ x, y }) => (
            <path
              key={`${x} ${y}`}
              d={blob(random, 5, { wobble: 0.3 })}
              transform={at(x, y)}
              fill="#ec7a4c"
              opacity="0.8"
            />
          ))}
        </g>
      )}
      {has('ham') && (
        <Scattered random={random} piece={pieces.ham ?? pieces.basil} count={11} radius={40} scale={0.62} />
      )}
      {has('mushroom') && <Scattered random={random} piece={pieces.mushroom ?? pieces.basil} count={7} radius={36} />}
      {has('prawn') && <Scattered random={random} piece={pieces.prawn ?? pieces.basil} count={6} radius={34} />}
      {has('egg') && (
        <g filter="url(#picture-lift)">
          <circle r="11" fill="#e8950f" />
          <circle r="10" fill="#fbb62e" />
          <ellipse cx="-3" cy="-4" rx="3.4" ry="2.2" fill="#fff0bd" />
        </g>
      )}
      {has('cheese') && (
        <Scattered random={random} piece={pieces.cheese ?? pieces.basil} count={6} radius={36} scale={0.72} />
      )}
      <g fill="#2b1c10">
        {scatter(random, 26, 44).map(({ x, y }) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r={random.between(0.5, 1.1)} />
        ))}
      </g>
      {(has('basil') || has('tomato')) && <Scattered random={random} piece={pieces.basil} count={4} radius={14} />}
    </>
  );
};

export const drawNoodles: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  return (
    <>
      <Bowl random={random} />
      <circle r="60" fill="#8a5a26" />
      <Nest random={random} radius={54} strands={44} width={4} colours={['#9c6a2c', '#e3bd78', '#fbe9bd']} />
      {has('egg') && <Scattered random={random} piece={pieces.egg ?? pieces.basil} count={2} radius={34} />}
      {has('prawn') && (
        <Scattered random={random} piece={pieces.prawn ?? pieces.basil} count={7} radius={38} scale={1.2} />
      )}
      {has('carrot') && (
        <Scattered random={random} piece={pieces.carrot ?? pieces.basil} count={8} radius={42} scale={0.8} />
      )}
      <Scattered random={random} piece={pieces['spring-onion'] ?? pieces.basil} count={12} radius={46} scale={0.9} />
      {has('peanut') && <Scattered random={random} piece={pieces.peanut ?? pieces.basil} count={14} radius={44} />}
      <g transform={at(46, -34, -30)} filter="url(#picture-lift)">
        {pieces.lemon?.(random)}
      </g>
    </>
  );
};
