import type { Telemetry } from '@brigade/schema';
import type { LatestTelemetry } from './latest-telemetry.ts';

/**
 * The readings of a device, the newest one at each step: a slow reader misses some. A plain iterator, not a generator:
 * `return` must take effect while `next` waits.
 */
export function telemetryStream(latest: LatestTelemetry, deviceId: string): AsyncIterableIterator<Telemetry> {
  let fresh = latest.get(deviceId) !== undefined;
  let ended = false;
  let wake: (() => void) | undefined;
  const endListening = latest.listen(deviceId, () => {
    fresh = true;
    wake?.();
  });
  return {
    async next() {
      while (!fresh && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const value = latest.get(deviceId);
      fresh = false;
      return ended || !value ? { done: true, value: undefined } : { done: false, value };
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
