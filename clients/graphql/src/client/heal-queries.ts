import type { ConnectionMonitor } from './connection-monitor.ts';

/** While something is missing, it is asked for so often; sooner than the monitor forgets that it was, milliseconds. */
const AGAIN_MS = 4_000;

/**
 * Has what pages show asked for again: every few seconds while a part of it is missing, so that it comes back by itself
 * and the banner tells the truth, and once after the connection was away, because of what changed meanwhile.
 * @returns what ends it
 */
export function healQueries(monitor: ConnectionMonitor, askAgain: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasAway = false;
  const look = () => {
    const { connection, missing } = monitor.get();
    const isAway = connection !== 'live';
    if (wasAway && !isAway) askAgain();
    wasAway = isAway;
    if (missing.length === 0) {
      clearTimeout(timer);
      timer = undefined;
    } else {
      timer ??= setTimeout(again, AGAIN_MS);
    }
  };
  const again = () => {
    timer = undefined;
    askAgain();
    look();
  };
  const stop = monitor.subscribe(look);
  return () => {
    clearTimeout(timer);
    stop();
  };
}
