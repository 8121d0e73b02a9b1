import type { Telemetry } from '@brigade/schema';
import type { LatestTelemetry } from './latest-telemetry.ts';

/**
 * The readings of some devices, at each step the newest one of each that has a new one: a slow reader misses some. A
 * plain iterator, not a generator: `return` must take effect while `next` waits.
 */
export function telemetryStream(
  latest: LatestTelemetry,
  wants: (deviceId: string) => boolean,
): AsyncIterableIterator<readonly Telemetry[]> {
  const fresh = new Set([...latest.deviceIds()].filter(wants));
  let ended = false;
  let wake: (() => void) | undefined;
  const endListening = latest.listen((deviceIds) => {
    for (const deviceId of deviceIds) if (wants(deviceId)) fresh.add(deviceId);
    if (fresh.size > 0) wake?.();
  });
  return {
    async next() {
      while (fresh.size === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (ended) return { done: true, value: undefined };
      const value = [...fresh].flatMap((deviceId) => latest.get(deviceId) ?? []);
      fresh.clear();
      return { done: false, value };
    },
    async return() {
      ended = true;
      endListening();
      wake?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
