import { Line, OrbitControls } from '@react-three/drei';
import { Canvas, useFrame, type ThreeEvent } from '@react-three/fiber';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Color, type InstancedMesh, Matrix4, MeshBasicMaterial, SphereGeometry } from 'three';
import { CameraFit } from '../drawing/camera-fit.tsx';
import { FrameLoop } from '../drawing/frame-loop.tsx';
import { FONT, createPaper, writeFitting } from '../drawing/paper.ts';
import { governorFor } from '../drawing/quality.ts';
import { ERROR_COLOUR, healthColours, trafficColours } from './colours.ts';
import { along, endsOf, type Spot, type SystemNode } from './map-layout.ts';
import type { MapProps } from './map-props.ts';

const MOST_DOTS = 400;
const dotShape = new SphereGeometry(0.07, 8, 6);
const dotMaterial = new MeshBasicMaterial({ toneMapped: false });

interface SystemSceneProps extends MapProps {
  /** What draws, as WebGL names it. */
  readonly renderer: string;
}

/** The map in three dimensions. */
export default function SystemScene({
  nodes,
  edges,
  spots,
  particles,
  selected,
  onSelect,
  renderer,
}: SystemSceneProps) {
  const { t } = useTranslation();
  const [governor] = useState(() => governorFor(renderer));
  const [quality, setQuality] = useState(governor.quality);
  const onLevel = useCallback(() => setQuality(governor.quality), [governor]);
  return (
    <Canvas
      frameloop="never"
      flat
      dpr={quality.pixels}
      camera={{ fov: 40 }}
      role="img"
      aria-label={t('system.picture', { count: nodes.length })}
      onPointerMissed={() => onSelect(undefined)}
    >
      <color attach="background" args={['#14161b']} />
      <ambientLight intensity={1.3} />
      <directionalLight position={[3, 6, 8]} intensity={1.6} />
      <CameraFit width={17} height={11} target={[0, 0, 0]} elevation={0.18} />
      <FrameLoop governor={governor} onLevel={onLevel} />
      {edges.map((edge) => {
        const ends = endsOf(edge, spots);
        const { id, traffic, perSecond, errorsPerSecond } = edge;
        return (
          ends && (
            <Line
              key={id}
              points={ends.map(({ x, y, z }) => [x, y, z] as const)}
              color={errorsPerSecond > 0 ? ERROR_COLOUR : trafficColours[traffic]}
              lineWidth={1 + Math.min(3, Math.log10(1 + perSecond))}
              transparent
              opacity={perSecond > 0 ? 0.6 : 0.15}
            />
          )
        );
      })}
      <Dots spots={spots} particles={particles} />
      {nodes.map((node) => {
        const spot = spots.get(node.id);
        return (
          spot && <Node key={node.id} node={node} spot={spot} isSelected={node.id === selected} onSelect={onSelect} />
        );
      })}
      <OrbitControls minDistance={4} maxDistance={40} enableDamping={false} />
    </Canvas>
  );
}

function Dots({ spots, particles }: Pick<MapProps, 'spots' | 'particles'>) {
  const mesh = useRef<InstancedMesh>(null);
  const scratch = useMemo(() => ({ matrix: new Matrix4(), colour: new Color() }), []);
  useFrame((_state, seconds) => {
    const dots = mesh.current;
    if (!dots) return;
    particles.advance(seconds);
    let count = 0;
    for (const { edge, part, isError } of particles.flying) {
      const ends = endsOf(edge, spots);
      if (!ends || count >= MOST_DOTS) continue;
      const { matrix, colour } = scratch;
      const { x, y, z } = along(ends, part);
      matrix.makeTranslation(x, y, z);
      dots.setMatrixAt(count, matrix);
      dots.setColorAt(count, colour.set(isError ? ERROR_COLOUR : trafficColours[edge.traffic]));
      count += 1;
    }
    dots.count = count;
    dots.instanceMatrix.needsUpdate = true;
    if (dots.instanceColor) dots.instanceColor.needsUpdate = true;
  });
  return <instancedMesh ref={mesh} args={[dotShape, dotMaterial, MOST_DOTS]} frustumCulled={false} />;
}

function Node({
  node,
  spot,
  isSelected,
  onSelect,
}: {
  node: SystemNode;
  spot: Spot;
  isSelected: boolean;
  onSelect: (id: string) => void;
}) {
  const paper = useMemo(() => createPaper(256, 80), []);
  useEffect(() => () => paper.texture.dispose(), [paper]);
  const { name, health, perSecond } = node;
  useEffect(() => {
    paper.draw((context, width) => {
      context.textAlign = 'center';
      context.fillStyle = '#ffffff';
      context.font = `600 30px ${FONT}`;
      writeFitting(context, name, width / 2, 34, width - 8);
      context.fillStyle = '#c7cbd4';
      context.font = `400 24px ${FONT}`;
      if (perSecond != null) context.fillText(`${perSecond.toFixed(1)} /s`, width / 2, 66);
    });
  }, [paper, name, perSecond]);
  const select = (event: ThreeEvent<MouseEvent>) => {
    event.stopPropagation();
    onSelect(node.id);
  };
  const size = isSelected ? 1.25 : 1;
  return (
    <group position={[spot.x, spot.y, spot.z]} onClick={select}>
      <mesh scale={size}>
        {node.kind === 'STORE' || node.kind === 'BROKER' ? (
          <cylinderGeometry args={[0.32, 0.32, 0.5, 20]} />
        ) : (
          <icosahedronGeometry args={[0.36, 2]} />
        )}
        <meshLambertMaterial
          color={healthColours[health]}
          emissive={healthColours[health]}
          emissiveIntensity={isSelected ? 0.6 : 0.25}
        />
      </mesh>
      <sprite position={[0, -0.62, 0]} scale={[1.7, 0.53, 1]}>
        <spriteMaterial map={paper.texture} transparent depthTest={false} />
      </sprite>
    </group>
  );
}
