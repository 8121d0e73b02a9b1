import { useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import type { QualityGovernor } from './quality.ts';

interface FrameLoopProps {
  readonly governor: QualityGovernor;
  readonly onLevel: () => void;
  /** Told how long a frame took on the main thread, milliseconds. */
  readonly onFrame?: (milliseconds: number) => void;
}

/**
 * Draws as often as the quality allows and the machine manages, and lowers the quality when it does not. The canvas's
 * own loop is off: it would draw as often as the screen refreshes.
 */
export function FrameLoop({ governor, onLevel, onFrame }: FrameLoopProps) {
  const advance = useThree((state) => state.advance);
  useEffect(() => {
    let handle = 0;
    let last = 0;
    const tick = (now: number) => {
      handle = requestAnimationFrame(tick);
      const since = now - last;
      // A little early counts as in time: screens do not refresh at our rates.
      if (since < 1_000 / governor.quality.rate - 4) return;
      const started = performance.now();
      advance(now / 1_000);
      onFrame?.(performance.now() - started);
      // Away for long: the page was hidden.
      if (last > 0 && since < 2_000 && governor.frame(since)) onLevel();
      last = now;
    };
    handle = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(handle);
  }, [advance, governor, onLevel, onFrame]);
  return null;
}
