import { memo } from 'react';
import type { Draw } from './draw.ts';
import { drawCake, drawGlass, drawRamekin, drawTart } from './motifs/desserts.tsx';
import { drawFish, drawMeat, drawTofu } from './motifs/grill.tsx';
import { drawFried, drawPlate, drawRolls, drawSalad } from './motifs/starters.tsx';
import { drawNoodles, drawPasta } from './motifs/pasta.tsx';
import { drawPizza } from './motifs/pizza.tsx';
import { drawRice, drawRisotto } from './motifs/rice.tsx';
import { drawCurry, drawSoup, drawStirFry } from './motifs/bowls.tsx';
import { motifOf, type DishLook, type MotifKind } from './motif.ts';
import { randomOf } from './random.ts';
import { at } from './shapes.ts';

const draws: Record<MotifKind, Draw> = {
  pizza: drawPizza,
  soup: drawSoup,
  pasta: drawPasta,
  noodles: drawNoodles,
  risotto: drawRisotto,
  rice: drawRice,
  curry: drawCurry,
  'stir-fry': drawStirFry,
  salad: drawSalad,
  rolls: drawRolls,
  fried: drawFried,
  meat: drawMeat,
  fish: drawFish,
  tofu: drawTofu,
  glass: drawGlass,
  ramekin: drawRamekin,
  cake: drawCake,
  tart: drawTart,
  plate: drawPlate,
};
/** What tables are made of. */
const tables = ['#c9b79c', '#5c6b6a', '#8a5a3a', '#8e9b84', '#a8674a', '#46505e', '#b9a58f'] as const;

/** A dish on its table, seen from above; the same dish always looks the same. It says nothing that its name does not. */
export const DishPicture = memo(function DishPicture({ dish }: { dish: DishLook }) {
  const motif = motifOf(dish);
  const random = randomOf(motif.seed);
  const table = random.pick(tables);
  const turn = random.between(-25, 25);
  return (
    <svg
      viewBox="0 0 280 196"
      preserveAspectRatio="xMidYMid slice"
      className="dish-picture"
      data-motif={motif.kind}
      aria-hidden="true"
    >
      <rect width="280" height="196" fill={table} />
      <path d={weave} stroke="#000" strokeOpacity="0.05" strokeWidth="1.2" />
      <rect width="280" height="196" fill="url(#picture-light)" />
      <g transform={at(140, 96, 0, 1.08)}>
        <g transform={`rotate(${turn.toFixed(1)})`}>{draws[motif.kind](motif, random)}</g>
      </g>
    </svg>
  );
});

/** A dish without its table, around the origin, for a drawing that it is a part of. */
export function DrawnDish({ dish }: { dish: DishLook }) {
  const motif = motifOf(dish);
  return draws[motif.kind](motif, randomOf(motif.seed));
}

/** The grain of the table. */
const weave = Array.from({ length: 24 }, (_nothing, index) => `M0 ${index * 8 + 4}H280`).join('');
