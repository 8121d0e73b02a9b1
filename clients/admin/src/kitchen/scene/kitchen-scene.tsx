import { OrbitControls } from '@react-three/drei';
import { Canvas, useFrame } from '@react-three/fiber';
import { useCallback, useMemo, useState } from 'react';
import { NoToneMapping } from 'three';
import type { StationView } from '../kitchen-store.ts';
import type { KitchenTwin, StationInfo } from '../twin/kitchen-twin.ts';
import type { TicketState } from '../twin/ticket-log.ts';
import { FlameField } from './flame-field.tsx';
import { FoodField } from './food-field.tsx';
import { FrameLoop } from '../../drawing/frame-loop.tsx';
import { layOut } from './layout.ts';
import { countFrame, probe } from './probe.ts';
import { CameraFit } from '../../drawing/camera-fit.tsx';
import { governorFor, type QualityGovernor } from '../../drawing/quality.ts';
import { Rail } from './rail.tsx';
import { RoomShell } from './room-shell.tsx';
import { StationModel } from './station-model.tsx';
import { SteamField } from './steam-field.tsx';
import { TimerField } from './timer-field.tsx';

const LOOK_AT = [0, 1.5, -0.8] as const;

export interface KitchenSceneProps {
  readonly stations: readonly StationView[];
  readonly tickets: readonly TicketState[];
  /** The order whose tickets stand out; null for none. */
  readonly markedOrder: string | null;
  readonly twin: KitchenTwin;
  readonly selected: string | undefined;
  readonly onSelect: (stationId: string | undefined) => void;
  /** What draws, as WebGL names it. */
  readonly renderer: string;
  /** Of the picture, for who does not see it. */
  readonly label: string;
}

/** The kitchen in three dimensions, drawn from the twin. */
export default function KitchenScene({
  stations,
  tickets,
  markedOrder,
  twin,
  selected,
  onSelect,
  renderer,
  label,
}: KitchenSceneProps) {
  const [governor] = useState(() => governorFor(renderer));
  const [quality, setQuality] = useState(governor.quality);
  const onLevel = useCallback(() => {
    setQuality(governor.quality);
  }, [governor]);
  // What is built depends on which devices there are, not on how they are.
  const key = stations.map(({ id, kind, capacity }) => `${id} ${kind} ${capacity}`).join();
  const devices = useMemo<readonly StationInfo[]>(() => stations, [key]); // eslint-disable-line react/exhaustive-deps
  const room = useMemo(() => layOut(devices), [devices]);
  return (
    <Canvas
      frameloop="never"
      flat
      dpr={Math.min(quality.pixels, Math.max(1, globalThis.devicePixelRatio) * quality.pixels)}
      shadows={quality.shadows ? 'percentage' : false}
      gl={{ antialias: quality.pixels >= 1, toneMapping: NoToneMapping, powerPreference: 'high-performance' }}
      camera={{ fov: 38, near: 0.1, far: 120 }}
      aria-label={label}
      role="img"
      onPointerMissed={() => onSelect(undefined)}
    >
      <color attach="background" args={['#26221e']} />
      <hemisphereLight args={['#fff6ea', '#7a7168', 2]} />
      <directionalLight
        position={[4, 9, 6]}
        intensity={2.2}
        castShadow={quality.shadows}
        shadow-mapSize={[1_024, 1_024]}
      >
        <orthographicCamera attach="shadow-camera" args={[-12, 12, 8, -8, 1, 30]} />
      </directionalLight>
      <CameraFit width={room.width * 0.84} height={room.depth * 0.62 + 2.6} target={LOOK_AT} elevation={0.6} />
      <FrameLoop governor={governor} onLevel={onLevel} onFrame={countFrame} />
      <FrameStart twin={twin} governor={governor} />
      <RoomShell room={room} />
      {devices.map((station) => {
        const place = room.places.get(station.id);
        return (
          place && (
            <StationModel
              key={station.id}
              station={station}
              place={place}
              twin={twin}
              isSelected={station.id === selected}
              onSelect={onSelect}
            />
          )
        );
      })}
      <FoodField stations={devices} room={room} twin={twin} />
      <FlameField stations={devices} room={room} twin={twin} />
      {quality.steam && <SteamField stations={devices} room={room} twin={twin} />}
      <TimerField stations={devices} room={room} twin={twin} />
      <Rail tickets={tickets} room={room} markedOrder={markedOrder} />
      <OrbitControls target={LOOK_AT} maxPolarAngle={1.45} minDistance={3} maxDistance={60} enableDamping={false} />
    </Canvas>
  );
}

/** Before anything is drawn: every part of a frame shows the same moment. */
function FrameStart({ twin, governor }: { twin: KitchenTwin; governor: QualityGovernor }) {
  useFrame(() => {
    twin.beginFrame();
    probe.events = twin.events;
    probe.quality = governor.level;
  }, -1);
  return null;
}
