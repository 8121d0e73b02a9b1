import { useEffect, useRef } from 'react';

/**
 * Calls a few times a second, outside React: for numbers and drawings that change with every reading.
 * @param everyMs between two calls, about
 */
export function usePulse(everyMs: number, draw: () => void): void {
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(() => {
    latest.current();
    const timer = setInterval(() => latest.current(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
