import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { PerspectiveCamera } from 'three';

interface CameraFitProps {
  /** What has to be seen, metres. */
  readonly width: number;
  readonly height: number;
  readonly target: readonly [x: number, y: number, z: number];
  /** Radians above the horizon. */
  readonly elevation: number;
}

/** Puts the camera where everything is in sight, whatever the shape of the window; from there people move it. */
export function CameraFit({ width, height, target, elevation }: CameraFitProps) {
  const camera = useThree((state) => state.camera);
  const aspect = useThree((state) => state.size.width / Math.max(1, state.size.height));
  const [x, y, z] = target;
  useEffect(() => {
    if (!(camera instanceof PerspectiveCamera)) return;
    const half = Math.tan((camera.fov * Math.PI) / 360);
    const distance = Math.max(height / 2 / half, width / 2 / (half * aspect));
    camera.position.set(x, y + distance * Math.sin(elevation), z + distance * Math.cos(elevation));
    camera.lookAt(x, y, z);
  }, [camera, aspect, width, height, x, y, z, elevation]);
  return null;
}
