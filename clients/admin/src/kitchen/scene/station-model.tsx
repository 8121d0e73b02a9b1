import type { ThreeEvent } from '@react-three/fiber';
import type { KitchenTwin, StationInfo } from '../twin/kitchen-twin.ts';
import { Beacon } from './beacon.tsx';
import { HotSurface } from './hot-surface.tsx';
import type { Place } from './layout.ts';
import { disc } from './materials.ts';
import { OvenHeat } from './oven-heat.tsx';
import { StationBody } from './station-body.tsx';
import { StationLabel } from './station-label.tsx';

interface StationModelProps {
  readonly station: StationInfo;
  readonly place: Place;
  readonly twin: KitchenTwin;
  readonly isSelected: boolean;
  readonly onSelect: (stationId: string) => void;
}

/** A device of the kitchen: what it is made of, how hot it is, and that it can be clicked. */
export function StationModel({ station, place, twin, isSelected, onSelect }: StationModelProps) {
  const { id, kind } = station;
  const point = (style: string) => (event: ThreeEvent<PointerEvent>) => {
    event.stopPropagation();
    document.body.style.cursor = style;
  };
  return (
    <group
      position={[place.x, 0, place.z]}
      rotation={[0, place.turn, 0]}
      onClick={(event) => {
        event.stopPropagation();
        onSelect(id);
      }}
      onPointerOver={point('pointer')}
      onPointerOut={point('')}
    >
      <StationBody kind={kind} />
      {kind === 'OVEN' ? (
        <OvenHeat stationId={id} twin={twin} />
      ) : (
        <HotSurface stationId={id} kind={kind} twin={twin} />
      )}
      <StationLabel station={station} twin={twin} />
      <Beacon stationId={id} height={kind === 'OVEN' ? 1.6 : 1.35} twin={twin} />
      {isSelected && (
        <mesh geometry={disc} position={[0, 0.015, 0]} scale={[2.3, 0.02, 2.3]}>
          <meshBasicMaterial color="#ff9d5c" transparent opacity={0.5} />
        </mesh>
      )}
    </group>
  );
}
