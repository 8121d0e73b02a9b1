import type { StationKind } from '@brigade/graphql';
import type { Material } from 'three';
import { box, darkSteel, enamel, iron, steel, wood } from './materials.ts';

interface Part {
  readonly at: readonly [x: number, y: number, z: number];
  readonly size: readonly [width: number, height: number, depth: number];
  readonly material: Material;
}

const cabinet = (height: number, material: Material = steel): Part => ({
  at: [0, height / 2, 0],
  size: [1.6, height, 1],
  material,
});

/** What does not move, as boxes; metres from the middle of the floor that it stands on. */
const bodies: Record<StationKind, readonly Part[]> = {
  // Hollow: its chamber can be seen through the window.
  OVEN: [
    { at: [0, 0.35, 0], size: [1.6, 0.7, 1], material: steel },
    { at: [0, 1.42, 0], size: [1.6, 0.16, 1], material: steel },
    { at: [-0.73, 1.02, 0], size: [0.14, 0.64, 1], material: steel },
    { at: [0.73, 1.02, 0], size: [0.14, 0.64, 1], material: steel },
    { at: [0, 0.78, 0], size: [1.3, 0.04, 0.9], material: iron },
    { at: [0, 1.9, -0.2], size: [0.5, 0.8, 0.4], material: darkSteel },
  ],
  GRIDDLE: [cabinet(0.9), { at: [0, 1.12, -0.45], size: [1.6, 0.34, 0.08], material: steel }],
  FRYER: [
    { at: [0, 0.39, 0], size: [1.6, 0.78, 1], material: steel },
    { at: [0, 0.9, -0.42], size: [1.6, 0.28, 0.16], material: steel },
    { at: [-0.74, 0.88, 0], size: [0.12, 0.2, 1], material: steel },
    { at: [0.74, 0.88, 0], size: [0.12, 0.2, 1], material: steel },
    { at: [0, 0.88, 0.45], size: [1.6, 0.2, 0.1], material: steel },
    { at: [0, 0.88, 0], size: [0.06, 0.16, 0.9], material: steel },
  ],
  STOVE: [cabinet(0.94, darkSteel), { at: [0, 0.97, 0], size: [1.5, 0.05, 0.9], material: iron }],
  PREP: [
    cabinet(0.08, enamel),
    { at: [0, 0.9, 0], size: [1.7, 0.08, 1], material: steel },
    { at: [0, 0.96, 0], size: [1.5, 0.05, 0.7], material: wood },
    { at: [-0.75, 0.45, 0.4], size: [0.08, 0.9, 0.08], material: steel },
    { at: [0.75, 0.45, 0.4], size: [0.08, 0.9, 0.08], material: steel },
    { at: [-0.75, 0.45, -0.4], size: [0.08, 0.9, 0.08], material: steel },
    { at: [0.75, 0.45, -0.4], size: [0.08, 0.9, 0.08], material: steel },
  ],
};

export function StationBody({ kind }: { kind: StationKind }) {
  return bodies[kind].map(({ at, size, material }) => (
    <mesh key={at.join()} geometry={box} material={material} position={at} scale={size} castShadow receiveShadow />
  ));
}
