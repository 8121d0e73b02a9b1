import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { InstancedBufferAttribute, type InstancedMesh, Matrix4, PlaneGeometry, ShaderMaterial } from 'three';
import type { KitchenTwin, StationInfo } from '../twin/kitchen-twin.ts';
import type { Room } from './layout.ts';
import { slotPlaces, totalSlots } from './slot-places.ts';

const vertexShader = /* glsl */ `
  attribute float progress;
  varying vec2 corner;
  varying float done;
  void main() {
    vec4 middle = modelViewMatrix * instanceMatrix * vec4(0.0, 0.0, 0.0, 1.0);
    middle.xy += position.xy * 0.24;
    corner = position.xy * 2.0;
    done = progress;
    gl_Position = projectionMatrix * middle;
  }
`;
/** A ring that fills clockwise from the top, from copper to green. */
const fragmentShader = /* glsl */ `
  varying vec2 corner;
  varying float done;
  void main() {
    float radius = length(corner);
    if (radius > 1.0) discard;
    float angle = atan(corner.x, corner.y) / 6.2831853;
    float turn = angle < 0.0 ? angle + 1.0 : angle;
    bool isRing = radius > 0.58;
    bool isFull = turn < done;
    vec3 lit = mix(vec3(0.95, 0.52, 0.2), vec3(0.36, 0.83, 0.42), done);
    vec3 colour = isRing ? (isFull ? lit : vec3(0.25)) : vec3(0.07);
    gl_FragColor = vec4(colour, isRing ? 1.0 : 0.72);
  }
`;

/** A timer over each piece of food. One draw call. */
export function TimerField({
  stations,
  room,
  twin,
}: {
  stations: readonly StationInfo[];
  room: Room;
  twin: KitchenTwin;
}) {
  const mesh = useRef<InstancedMesh>(null);
  const places = useMemo(() => slotPlaces(stations, room), [stations, room]);
  const most = totalSlots(stations);
  const { shape, material, progress, matrix } = useMemo(() => {
    const geometry = new PlaneGeometry(1, 1);
    const attribute = new InstancedBufferAttribute(new Float32Array(most), 1);
    geometry.setAttribute('progress', attribute);
    return {
      shape: geometry,
      material: new ShaderMaterial({
        vertexShader,
        fragmentShader,
        transparent: true,
        depthWrite: false,
        depthTest: false,
      }),
      progress: attribute,
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
  useFrame(() => {
    const timers = mesh.current;
    if (!timers) return;
    let count = 0;
    for (const { id, kind } of stations) {
      for (const { jobId, doneness } of twin.sample(id)?.jobs ?? []) {
        const place = places.get(id)?.[twin.slotOf(id, jobId)];
        if (!place || count >= most) continue;
        // An oven's timers stand before its window.
        const [up, forward] = kind === 'OVEN' ? [0.78, 0.55] : [0.42, 0];
        timers.setMatrixAt(count, matrix.makeTranslation(place.x, place.y + up, place.z + forward));
        progress.setX(count, Math.min(1, doneness));
        count += 1;
      }
    }
    timers.count = count;
    timers.instanceMatrix.needsUpdate = true;
    progress.needsUpdate = true;
  });
  return <instancedMesh key={most} ref={mesh} args={[shape, material, most]} frustumCulled={false} renderOrder={5} />;
}
