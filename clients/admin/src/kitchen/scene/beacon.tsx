import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { MeshBasicMaterial, SphereGeometry, type Mesh } from 'three';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';

const shape = new SphereGeometry(0.09, 12, 8);

/** The chef's alarm: a red light that beats while something is wrong with the station. */
export function Beacon({ stationId, height, twin }: { stationId: string; height: number; twin: KitchenTwin }) {
  const mesh = useRef<Mesh>(null);
  const material = useMemo(() => new MeshBasicMaterial({ toneMapped: false }), []);
  useFrame(({ clock }) => {
    if (!mesh.current) return;
    const isFaulty = (twin.sample(stationId)?.faults.length ?? 0) > 0;
    mesh.current.visible = isFaulty;
    const beat = 0.5 + 0.5 * Math.sin(clock.elapsedTime * 8);
    material.color.setRGB(0.6 + 1.6 * beat, 0.05, 0.05);
    mesh.current.scale.setScalar(1 + 0.35 * beat);
  });
  return <mesh ref={mesh} geometry={shape} material={material} position={[0.6, height, 0.3]} visible={false} />;
}
