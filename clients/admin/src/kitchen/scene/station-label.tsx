import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import type { KitchenTwin, StationInfo } from '../twin/kitchen-twin.ts';
import { plane } from './materials.ts';
import { FONT, createPaper } from '../../drawing/paper.ts';

const WIDTH = 256;
const HEIGHT = 96;

/** Name and temperature on a station's front; drawn again only when the degrees that people read have changed. */
export function StationLabel({ station, twin }: { station: StationInfo; twin: KitchenTwin }) {
  const paper = useMemo(() => createPaper(WIDTH, HEIGHT), []);
  const shown = useMemo(() => ({ text: '' }), []);
  useEffect(() => () => paper.texture.dispose(), [paper]);
  useFrame(() => {
    const reading = twin.sample(station.id);
    const isFaulty = (reading?.faults.length ?? 0) > 0;
    const degrees = station.kind === 'PREP' || !reading ? '' : `${Math.round(reading.temperature)} °C`;
    const text = `${degrees} ${isFaulty}`;
    if (shown.text === text) return;
    shown.text = text;
    paper.draw((context) => {
      context.fillStyle = isFaulty ? 'rgba(150,20,20,0.92)' : 'rgba(20,22,26,0.82)';
      context.beginPath();
      context.roundRect(4, 4, WIDTH - 8, HEIGHT - 8, 18);
      context.fill();
      context.textAlign = 'center';
      context.fillStyle = '#ffffff';
      context.font = `600 34px ${FONT}`;
      context.fillText(station.name, WIDTH / 2, degrees ? 42 : 60);
      if (!degrees) return;
      context.fillStyle = '#ffc48f';
      context.font = `500 30px ${FONT}`;
      context.fillText(degrees, WIDTH / 2, 80);
    });
  });
  return (
    <mesh geometry={plane} position={[0, station.kind === 'PREP' ? 0.62 : 0.4, 0.525]} scale={[1.05, 0.39, 1]}>
      <meshBasicMaterial map={paper.texture} transparent />
    </mesh>
  );
}
