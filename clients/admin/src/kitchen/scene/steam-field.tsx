import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { InstancedBufferAttribute, type InstancedMesh, Matrix4, PlaneGeometry, ShaderMaterial } from 'three';
import type { KitchenTwin, StationInfo } from '../twin/kitchen-twin.ts';
import type { Room } from './layout.ts';
import { slotPlaces, totalSlots } from './slot-places.ts';

const PUFFS = 4;
/** Enough to see; more would only cost. */
const MOST_JOBS = 80;

/** Puffs turn to the camera and rise in the vertex shader: a frame writes positions only where something cooks. */
const vertexShader = /* glsl */ `
  attribute float strength;
  attribute float phase;
  uniform float time;
  varying vec2 corner;
  varying float seen;
  void main() {
    float age = fract(time * 0.35 + phase);
    vec4 middle = modelViewMatrix * instanceMatrix * vec4(0.08 * sin(time + phase * 40.0), age * 0.7, 0.0, 1.0);
    middle.xy += position.xy * (0.16 + 0.34 * age);
    corner = position.xy * 2.0;
    seen = strength * (1.0 - age) * smoothstep(0.0, 0.15, age);
    gl_Position = projectionMatrix * middle;
  }
`;
const fragmentShader = /* glsl */ `
  varying vec2 corner;
  varying float seen;
  void main() {
    float soft = max(0.0, 1.0 - dot(corner, corner));
    gl_FragColor = vec4(0.95, 0.95, 0.97, soft * soft * seen * 0.5);
  }
`;

/** Steam over what cooks: the further, the more. One draw call. */
export function SteamField({
  stations,
  room,
  twin,
}: {
  stations: readonly StationInfo[];
  room: Room;
  twin: KitchenTwin;
}) {
  const mesh = useRef<InstancedMesh>(null);
  const steaming = useMemo(() => stations.filter(({ kind }) => kind !== 'PREP'), [stations]);
  const places = useMemo(() => slotPlaces(steaming, room), [steaming, room]);
  const most = Math.min(totalSlots(steaming), MOST_JOBS) * PUFFS;
  const { shape, material, strength, matrix } = useMemo(() => {
    const geometry = new PlaneGeometry(1, 1);
    const strengths = new InstancedBufferAttribute(new Float32Array(most), 1);
    const phases = Float32Array.from({ length: most }, (_nothing, index) => (index * 0.618) % 1);
    geometry.setAttribute('strength', strengths);
    geometry.setAttribute('phase', new InstancedBufferAttribute(phases, 1));
    return {
      shape: geometry,
      material: new ShaderMaterial({
        vertexShader,
        fragmentShader,
        uniforms: { time: { value: 0 } },
        transparent: true,
        depthWrite: false,
      }),
      strength: strengths,
      matrix: new Matrix4(),
    };
  }, [most]);
  useEffect(
    () => () => {
      shape.dispose();
      material.dispose();
    },
    [shape, material],
  );
  useFrame(({ clock }) => {
    const puffs = mesh.current;
    if (!puffs) return;
    let count = 0;
    for (const { id, kind } of steaming) {
      const reading = twin.sample(id);
      for (const { jobId, doneness } of reading?.jobs ?? []) {
        const place = places.get(id)?.[twin.slotOf(id, jobId)];
        if (!place) continue;
        // An oven keeps its steam until it is opened.
        const escapes = kind === 'OVEN' ? (reading?.door ?? 0) : 1;
        for (let puff = 0; puff < PUFFS && count < most; puff += 1, count += 1) {
          puffs.setMatrixAt(
            count,
            matrix.makeTranslation(place.x, place.y + 0.08, place.z + (kind === 'OVEN' ? 0.5 : 0)),
          );
          strength.setX(count, escapes * Math.min(1, 0.15 + doneness));
        }
      }
    }
    puffs.count = count;
    puffs.instanceMatrix.needsUpdate = true;
    strength.needsUpdate = true;
    const { time } = material.uniforms;
    if (time) time.value = clock.elapsedTime;
  });
  return <instancedMesh key={most} ref={mesh} args={[shape, material, most]} frustumCulled={false} />;
}
