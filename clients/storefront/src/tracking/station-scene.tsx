import type { StationKind } from '@brigade/graphql';
import type { ReactNode } from 'react';
import { DrawnDish } from '../pictures/dish-picture.tsx';
import type { DishLook } from '../pictures/motif.ts';
import { randomOf, type Random } from '../pictures/random.ts';

interface StationSceneProps {
  readonly kind: StationKind;
  /** Whether it works on the dish, or is about to. */
  readonly isHot: boolean;
  readonly dish: DishLook;
}

/** Stations that one can look into: the dish is drawn where it lies. In the others it is under way, in parts. */
export const showsDish = (kind: StationKind): boolean => kind === 'OVEN' || kind === 'PREP';

/** The station that a dish is on, seen from the front. */
export function StationScene({ kind, isHot, dish }: StationSceneProps) {
  return (
    <svg
      viewBox="0 0 200 150"
      preserveAspectRatio="xMidYMax slice"
      className={isHot ? 'station hot' : 'station'}
      aria-hidden="true"
    >
      <rect width="200" height="150" fill="var(--tiles)" />
      <path d="M0 30h200M0 62h200M0 94h200M40 0v30M120 0v30M80 30v32M160 30v32M40 62v32M120 62v32" className="grout" />
      {scenes[kind](randomOf(`${kind} ${dish.name}`), dish)}
    </svg>
  );
}

type Scene = (random: Random, dish: DishLook) => ReactNode;

const scenes: Record<StationKind, Scene> = {
  OVEN: (_random, dish) => (
    <>
      <rect x="18" y="8" width="164" height="138" rx="10" className="steel" />
      <rect x="18" y="8" width="164" height="24" rx="10" className="steel-dark" />
      {[40, 66, 92].map((x) => (
        <circle key={x} cx={x} cy="20" r="6" className="knob" />
      ))}
      <rect x="126" y="14" width="42" height="12" rx="3" className="display" />
      <rect x="32" y="46" width="136" height="88" rx="8" className="oven-window" />
      <path d="M40 62h120M40 118h120" className="element" />
      <path d="M36 104h128M44 104v6M70 104v6M96 104v6M122 104v6M148 104v6" className="rack" />
      <g transform="translate(100 95) scale(0.6 0.26)">
        <DrawnDish dish={dish} />
      </g>
      <rect x="32" y="46" width="136" height="88" rx="8" className="oven-glass" />
      <path d="M44 128L92 50M56 128L104 50" className="glint" />
      <rect x="44" y="36" width="112" height="6" rx="3" className="handle" />
    </>
  ),
  STOVE: (random) => (
    <>
      <Steam random={random} from={[70, 100, 130]} y={48} />
      <rect x="0" y="112" width="200" height="38" className="steel" />
      <rect x="0" y="112" width="200" height="6" className="steel-dark" />
      {[40, 70, 130, 160].map((x) => (
        <circle key={x} cx={x} cy="136" r="6" className="knob" />
      ))}
      <Flames random={random} xs={[62, 76, 90, 104, 118, 132]} y={112} />
      <path d="M46 56h108l-8 42a10 10 0 0 1-10 8H64a10 10 0 0 1-10-8z" className="pan" />
      <path d="M154 62h40" className="pan-handle" />
      <ellipse cx="100" cy="57" rx="54" ry="11" className="pan-rim" />
    </>
  ),
  GRIDDLE: (random) => (
    <>
      <Steam random={random} from={[56, 100, 144]} y={56} />
      <rect x="8" y="98" width="184" height="52" rx="6" className="steel" />
      {[40, 74, 126, 160].map((x) => (
        <circle key={x} cx={x} cy="132" r="6" className="knob" />
      ))}
      <path d="M20 80h160l12 22H8z" className="plate-iron" />
      <path d="M8 102h184v6H8z" className="element wide" />
    </>
  ),
  FRYER: (random) => (
    <>
      <rect x="26" y="40" width="148" height="110" rx="8" className="steel" />
      <rect x="38" y="52" width="124" height="66" rx="6" className="oil" />
      {Array.from({ length: 16 }, (_nothing, index) => (
        <circle
          key={index}
          cx={random.between(46, 154)}
          cy={random.between(70, 112)}
          r={random.between(1.5, 4)}
          className="bubble"
          style={{ animationDelay: `${random.between(0, 1.6).toFixed(2)}s` }}
        />
      ))}
      <path
        d="M58 60h84v44H58zM72 60v44M86 60v44M100 60v44M114 60v44M128 60v44M58 75h84M58 90h84"
        className="basket-wire"
      />
      <path d="M142 62l46-38" className="pan-handle" />
    </>
  ),
  PREP: (_random, dish) => (
    <>
      <rect x="0" y="104" width="200" height="46" className="counter" />
      <path d="M0 104h200" className="grout" />
      <rect x="34" y="40" width="132" height="92" rx="10" className="board" />
      <path d="M44 58h112M44 82h112M44 108h112" className="grain" />
      <g transform="translate(92 88) scale(0.5 0.46)">
        <DrawnDish dish={dish} />
      </g>
      <g className="knife">
        <path d="M160 22l12 4-14 58c-8-4-10-10-8-18z" className="blade" />
        <path d="M160 22l6-18 10 4-4 18z" className="grip" />
      </g>
    </>
  ),
};

function Steam({ random, from, y }: { random: Random; from: readonly number[]; y: number }) {
  return from.map((x) => (
    <path
      key={x}
      d={`M${x} ${y}c-10-12 10-18 0-30s8-14 2-22`}
      className="steam"
      style={{ animationDelay: `${random.between(0, 2).toFixed(2)}s` }}
    />
  ));
}

function Flames({ random, xs, y }: { random: Random; xs: readonly number[]; y: number }) {
  return xs.map((x) => (
    <path
      key={x}
      d={`M${x} ${y - 9}c5 5 6 7 6 10h-12c0-3 1-5 6-10z`}
      className="flame"
      style={{ animationDelay: `${random.between(0, 0.6).toFixed(2)}s` }}
    />
  ));
}
