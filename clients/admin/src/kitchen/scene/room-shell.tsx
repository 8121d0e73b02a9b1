import { useEffect, useMemo } from 'react';
import { MeshLambertMaterial, RepeatWrapping } from 'three';
import type { Room } from './layout.ts';
import { box, plane } from './materials.ts';
import { createPaper } from '../../drawing/paper.ts';

/** Floor, wall and shelf: tiles are drawn here, nothing is fetched. */
export function RoomShell({ room }: { room: Room }) {
  const { floor, wall } = useMemo(
    () => ({
      floor: tiles('#5f5a55', '#67625d', room.width, room.depth),
      wall: tiles('#c9d3d2', '#d3dcdb', room.width * 2, 12),
    }),
    [room],
  );
  useEffect(
    () => () => {
      for (const material of [floor, wall]) {
        material.map?.dispose();
        material.dispose();
      }
    },
    [floor, wall],
  );
  return (
    <>
      <mesh
        geometry={plane}
        material={floor}
        rotation={[-Math.PI / 2, 0, 0]}
        scale={[room.width, room.depth, 1]}
        receiveShadow
      />
      <mesh
        geometry={plane}
        material={wall}
        position={[0, 3, room.depth / -2]}
        scale={[room.width, 6, 1]}
        receiveShadow
      />
      <mesh geometry={box} position={[0, 2.9, room.depth / -2 + 0.35]} scale={[room.width * 0.96, 0.5, 0.7]}>
        <meshLambertMaterial color="#8f969b" />
      </mesh>
    </>
  );
}

function tiles(one: string, other: string, across: number, down: number): MeshLambertMaterial {
  const paper = createPaper(128, 128);
  paper.draw((context) => {
    for (const [x, y] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      context.fillStyle = (x + y) % 2 === 0 ? one : other;
      context.fillRect(x * 64, y * 64, 62, 62);
    }
  });
  paper.texture.wrapS = RepeatWrapping;
  paper.texture.wrapT = RepeatWrapping;
  paper.texture.repeat.set(across, down);
  return new MeshLambertMaterial({ map: paper.texture });
}
