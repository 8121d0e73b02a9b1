import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import {
  AdditiveBlending,
  ConeGeometry,
  type InstancedMesh,
  Matrix4,
  MeshBasicMaterial,
  Quaternion,
  Vector3,
} from 'three';
import type { KitchenTwin, StationInfo } from '../twin/kitchen-twin.ts';
import type { Room } from './layout.ts';
import { slotPlaces, totalSlots } from './slot-places.ts';

const TONGUES = 5;
/** What a burner draws when it is full on, watts. */
const FULL_POWER = 3_000;
const shape = new ConeGeometry(0.045, 0.2, 6).translate(0, 0.1, 0);
const material = new MeshBasicMaterial({
  color: '#4f9dff',
  transparent: true,
  opacity: 0.75,
  blending: AdditiveBlending,
  depthWrite: false,
});
const upright = new Quaternion();

/** The burners' flames: as high as the power that each takes. One draw call. */
export function FlameField({
  stations,
  room,
  twin,
}: {
  stations: readonly StationInfo[];
  room: Room;
  twin: KitchenTwin;
}) {
  const mesh = useRef<InstancedMesh>(null);
  const stoves = useMemo(() => stations.filter(({ kind }) => kind === 'STOVE'), [stations]);
  const places = useMemo(() => slotPlaces(stoves, room), [stoves, room]);
  const most = totalSlots(stoves) * TONGUES;
  const scratch = useMemo(() => ({ matrix: new Matrix4(), at: new Vector3(), size: new Vector3() }), []);
  useFrame(({ clock }) => {
    const flames = mesh.current;
    if (!flames) return;
    const { matrix, at, size } = scratch;
    let count = 0;
    for (const { id } of stoves) {
      const reading = twin.sample(id);
      if (!reading || reading.jobs.length === 0) continue;
      const height = Math.min(1, reading.power / (FULL_POWER * reading.jobs.length));
      for (const { jobId } of reading.jobs) {
        const place = places.get(id)?.[twin.slotOf(id, jobId)];
        if (!place || height < 0.02) continue;
        for (let tongue = 0; tongue < TONGUES && count < most; tongue += 1, count += 1) {
          const angle = (tongue / TONGUES) * Math.PI * 2;
          const flicker = 0.8 + 0.2 * Math.sin(clock.elapsedTime * 17 + tongue * 2.3 + place.x * 7);
          at.set(
            place.x + Math.cos(angle) * place.size * 0.4,
            place.y - 0.06,
            place.z + Math.sin(angle) * place.size * 0.4,
          );
          flames.setMatrixAt(count, matrix.compose(at, upright, size.set(1, height * flicker, 1)));
        }
      }
    }
    flames.count = count;
    flames.instanceMatrix.needsUpdate = true;
  });
  return <instancedMesh key={most} ref={mesh} args={[shape, material, most]} frustumCulled={false} />;
}
