import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { Color, MeshBasicMaterial, type Group } from 'three';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';
import { glowOf } from './heat.ts';
import { box, plane, steel } from './materials.ts';
import { showGlow } from './probe.ts';

/** How far the door opens, radians. */
const OPEN = 1.25;

/** The chamber that glows, the window that shows it, and the door. */
export function OvenHeat({ stationId, twin }: { stationId: string; twin: KitchenTwin }) {
  const door = useRef<Group>(null);
  const { chamber, glass, colour } = useMemo(
    () => ({
      chamber: new MeshBasicMaterial({ toneMapped: false }),
      glass: new MeshBasicMaterial({ transparent: true, opacity: 0.3, toneMapped: false }),
      colour: new Color(),
    }),
    [],
  );
  useFrame(() => {
    const reading = twin.sample(stationId);
    const strength = glowOf(reading?.temperature ?? 20, colour);
    chamber.color.copy(colour).multiplyScalar(0.55 + strength * 0.25);
    glass.color.copy(colour).multiplyScalar(0.6 + strength * 0.3);
    if (door.current) door.current.rotation.x = (reading?.door ?? 0) * OPEN;
    showGlow(stationId, chamber.color);
  });
  return (
    <>
      <mesh geometry={plane} material={chamber} position={[0, 1.02, -0.42]} scale={[1.32, 0.64, 1]} />
      <mesh geometry={box} material={steel} position={[0, 1.02, -0.47]} scale={[1.6, 0.7, 0.06]} />
      <group ref={door} position={[0, 0.7, 0.5]}>
        <mesh geometry={plane} material={glass} position={[0, 0.33, 0.01]} scale={[1.16, 0.46, 1]} />
        <mesh geometry={box} material={steel} position={[0, 0.06, 0]} scale={[1.32, 0.1, 0.05]} />
        <mesh geometry={box} material={steel} position={[0, 0.61, 0]} scale={[1.32, 0.1, 0.05]} />
        <mesh geometry={box} material={steel} position={[-0.62, 0.33, 0]} scale={[0.08, 0.5, 0.05]} />
        <mesh geometry={box} material={steel} position={[0.62, 0.33, 0]} scale={[0.08, 0.5, 0.05]} />
        <mesh geometry={box} material={steel} position={[0, 0.61, 0.07]} scale={[0.9, 0.04, 0.04]} />
      </group>
    </>
  );
}
