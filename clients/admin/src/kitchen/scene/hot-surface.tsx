import type { StationKind } from '@brigade/graphql';
import { useFrame } from '@react-three/fiber';
import { useMemo } from 'react';
import { Color, MeshLambertMaterial } from 'three';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';
import { glowOf } from './heat.ts';
import { box } from './materials.ts';
import { showGlow } from './probe.ts';

interface Surface {
  readonly colour: string;
  readonly y: number;
  readonly size: readonly [number, number, number];
  /** How much of the glow it shows. */
  readonly share: number;
}

const surfaces: Partial<Record<StationKind, Surface>> = {
  GRIDDLE: { colour: '#2b2d30', y: 0.94, size: [1.5, 0.08, 0.8], share: 0.28 },
  FRYER: { colour: '#9a6a12', y: 0.84, size: [1.4, 0.03, 0.84], share: 0.16 },
};

/** A plate or a bath of oil that shows how hot it is. */
export function HotSurface({ stationId, kind, twin }: { stationId: string; kind: StationKind; twin: KitchenTwin }) {
  const surface = surfaces[kind];
  const { material, colour } = useMemo(
    () => ({
      material: new MeshLambertMaterial({ color: surface?.colour ?? '#000' }),
      colour: new Color(),
    }),
    [surface],
  );
  useFrame(() => {
    const strength = glowOf(twin.sample(stationId)?.temperature ?? 20, colour);
    material.emissive.copy(colour);
    material.emissiveIntensity = strength * (surface?.share ?? 0);
    showGlow(stationId, colour);
  });
  if (!surface) return null;
  return <mesh geometry={box} material={material} position={[0, surface.y, 0.02]} scale={surface.size} receiveShadow />;
}
