import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import {
  Color,
  CylinderGeometry,
  type InstancedMesh,
  Matrix4,
  MeshLambertMaterial,
  Quaternion,
  SphereGeometry,
  Vector3,
} from 'three';
import type { KitchenTwin, StationInfo } from '../twin/kitchen-twin.ts';
import { foodColour } from './heat.ts';
import type { Room } from './layout.ts';
import { probe } from './probe.ts';
import { slotPlaces, totalSlots } from './slot-places.ts';

const vesselShape = new CylinderGeometry(0.5, 0.42, 0.12, 20);
const foodShape = new SphereGeometry(0.36, 16, 10, 0, Math.PI * 2, 0, Math.PI / 2);
const vesselMaterial = new MeshLambertMaterial();
const foodMaterial = new MeshLambertMaterial();

const vesselColours = {
  OVEN: new Color('#d9d4c8'),
  GRIDDLE: new Color('#3a3d40'),
  FRYER: new Color('#9da3a8'),
  STOVE: new Color('#1d1f22'),
  PREP: new Color('#f2efe8'),
};
const upright = new Quaternion();

/** All food of the kitchen, and what it lies in: two draw calls, however much is cooking. */
export function FoodField({
  stations,
  room,
  twin,
}: {
  stations: readonly StationInfo[];
  room: Room;
  twin: KitchenTwin;
}) {
  const vessels = useRef<InstancedMesh>(null);
  const foods = useRef<InstancedMesh>(null);
  const places = useMemo(() => slotPlaces(stations, room), [stations, room]);
  const most = totalSlots(stations);
  const scratch = useMemo(
    () => ({ matrix: new Matrix4(), at: new Vector3(), size: new Vector3(), colour: new Color() }),
    [],
  );
  useFrame(() => {
    const [vessel, food] = [vessels.current, foods.current];
    if (!vessel || !food) return;
    const { matrix, at, size, colour } = scratch;
    let count = 0;
    for (const { id, kind } of stations) {
      for (const { jobId, doneness } of twin.sample(id)?.jobs ?? []) {
        const place = places.get(id)?.[twin.slotOf(id, jobId)];
        if (!place || count >= most) continue;
        at.set(place.x, place.y, place.z);
        matrix.compose(at, upright, size.setScalar(place.size * 0.85));
        vessel.setMatrixAt(count, matrix);
        vessel.setColorAt(count, vesselColours[kind]);
        at.y += place.size * 0.03;
        // Dough rises, what fries shrinks a little.
        matrix.compose(at, upright, size.set(place.size, place.size * (0.5 + 0.35 * doneness), place.size));
        food.setMatrixAt(count, matrix);
        food.setColorAt(count, foodColour(doneness, colour));
        count += 1;
      }
    }
    for (const mesh of [vessel, food]) {
      mesh.count = count;
      mesh.instanceMatrix.needsUpdate = true;
      if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
    }
    probe.food = count;
  });
  return (
    <>
      <instancedMesh
        key={`vessels ${most}`}
        ref={vessels}
        args={[vesselShape, vesselMaterial, most]}
        frustumCulled={false}
        castShadow
      />
      <instancedMesh
        key={`foods ${most}`}
        ref={foods}
        args={[foodShape, foodMaterial, most]}
        frustumCulled={false}
        castShadow
      />
    </>
  );
}
