import type { StationInfo } from '../twin/kitchen-twin.ts';
import { layOutSlots, type Room, type SlotPlace } from './layout.ts';

/** The slots of every station in the room's own coordinates. */
export function slotPlaces(stations: readonly StationInfo[], room: Room): ReadonlyMap<string, readonly SlotPlace[]> {
  return new Map(
    stations.map(({ id, kind, capacity }) => {
      const place = room.places.get(id) ?? { x: 0, z: 0 };
      return [id, layOutSlots(kind, capacity).map((slot) => ({ ...slot, x: slot.x + place.x, z: slot.z + place.z }))];
    }),
  );
}

/** Room for everything that can cook at once; at least one, which is what an instanced mesh needs. */
export const totalSlots = (stations: readonly StationInfo[]): number =>
  Math.max(
    1,
    stations.reduce((sum, { capacity }) => sum + capacity, 0),
  );
