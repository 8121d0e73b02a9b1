import type { Draw } from '../draw.ts';
import type { Ingredient } from '../ingredient.ts';
import { pieces } from '../pieces.tsx';
import type { Random } from '../random.ts';
import { Scattered } from '../scattered.tsx';
import { at, blob } from '../shapes.ts';
import { Bowl, Plate } from '../vessels.tsx';

interface GrainsProps {
  readonly random: Random;
  readonly radius: number;
  readonly count: number;
  readonly colours: readonly [string, string, string];
}

/** Grains of rice over a disk: one path for each colour. */
export function Grains({ random, radius, count, colours }: GrainsProps) {
  const grain = () => {
    const angle = random.between(0, Math.PI * 2);
    const reach = Math.sqrt(random.next()) * radius;
    const turn = random.between(0, Math.PI);
    const [x, y] = [Math.cos(angle) * reach, Math.sin(angle) * reach];
    const [dx, dy] = [Math.cos(turn) * 2.6, Math.sin(turn) * 2.6];
    return `M${(x - dx).toFixed(1)} ${(y - dy).toFixed(1)}l${(2 * dx).toFixed(1)} ${(2 * dy).toFixed(1)}`;
  };
  const grains = (part: number) => Array.from({ length: Math.round(count * part) }, grain).join('');
  const [bright, middle, dark] = colours;
  return (
    <g strokeLinecap="round" fill="none">
      <path d={grains(0.35)} stroke={dark} strokeWidth="3.4" />
      <path d={grains(0.4)} stroke={middle} strokeWidth="3" />
      <path d={grains(0.25)} stroke={bright} strokeWidth="2.6" />
    </g>
  );
}

export const drawRisotto: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  return (
    <>
      <Plate random={random} />
      <path d={blob(random, 53, { wobble: 0.07, points: 12 })} fill="#d2b474" />
      <path d={blob(random, 50, { wobble: 0.07, points: 12 })} fill="#ecd7a2" />
      <Grains random={random} radius={45} count={260} colours={['#fdf4d8', '#f3e2b4', '#d9bd80']} />
      <circle r="50" fill="url(#picture-liquid)" opacity="0.7" />
      {has('mushroom') && (
        <Scattered random={random} piece={pieces.mushroom ?? pieces.basil} count={9} radius={36} scale={1.05} />
      )}
      {has('cheese') && (
        <Scattered random={random} piece={pieces.cheese ?? pieces.basil} count={5} radius={34} scale={0.8} />
      )}
      {has('truffle') && <Scattered random={random} piece={pieces.truffle ?? pieces.basil} count={9} radius={32} />}
      <Scattered random={random} piece={pieces['spring-onion'] ?? pieces.basil} count={6} radius={38} scale={0.5} />
      <Scattered random={random} piece={pieces.basil} count={2} radius={10} scale={0.9} />
    </>
  );
};

export const drawRice: Draw = ({ ingredients }, random) => {
  const has = (one: Ingredient) => ingredients.includes(one);
  return (
    <>
      <Bowl random={random} />
      <path d={blob(random, 59, { wobble: 0.03, points: 12 })} fill="#a9742f" />
      <Grains random={random} radius={55} count={420} colours={['#f8e2ab', '#e9c67d', '#c4924a']} />
      {has('egg') && (
        <g filter="url(#picture-lift)" fill="#f7c64a">
          {[-24, 4, 28].map((x) => (
            <path key={x} d={blob(random, 11, { wobble: 0.35 })} transform={at(x, random.between(-26, 26))} />
          ))}
        </g>
      )}
      {has('carrot') && (
        <Scattered random={random} piece={pieces.carrot ?? pieces.basil} count={14} radius={48} scale={0.55} />
      )}
      <Scattered random={random} piece={pieces['spring-onion'] ?? pieces.basil} count={16} radius={48} scale={0.85} />
      <Scattered random={random} piece={pieces.leaf} count={2} radius={8} scale={0.8} />
    </>
  );
};
