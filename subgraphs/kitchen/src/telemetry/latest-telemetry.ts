import { telemetrySchema, type Telemetry } from '@brigade/schema';
import type { Logger } from '@brigade/service-kit';
import type { Redis } from 'ioredis';
import type { TelemetryHistory } from './telemetry-history.ts';

const KEY = 'telemetry';

/** At most ten readings of a device a second go to Redis and to subscribers. */
export const COALESCE_MS = 100;

/**
 * The latest reading of each device: in memory, in Redis for a kitchen that has just started, told to whoever listens,
 * and handed to the history. In between readings are skipped, never queued.
 */
export class LatestTelemetry {
  readonly #latest = new Map<string, Telemetry>();
  readonly #changed = new Set<string>();
  readonly #listeners = new Set<(deviceIds: readonly string[]) => void>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly redis: Redis,
    private readonly history: Pick<TelemetryHistory, 'keep'>,
    private readonly log: Logger,
  ) {
    this.#timer = setInterval(() => void this.#tell(), COALESCE_MS);
  }

  /** Reads what the last kitchen knew. Without Redis nothing is known until the devices tell. */
  async restore(): Promise<void> {
    const known = await this.redis.hgetall(KEY).catch((error: unknown) => {
      this.log.warn({ err: error }, 'redis does not tell the last telemetry');
      return {};
    });
    for (const text of Object.values(known)) {
      const telemetry = telemetrySchema.safeParse(JSON.parse(text));
      if (telemetry.success) this.#latest.set(telemetry.data.deviceId, telemetry.data);
    }
  }

  get(deviceId: string): Telemetry | undefined {
    return this.#latest.get(deviceId);
  }

  take(telemetry: Telemetry): void {
    this.#latest.set(telemetry.deviceId, telemetry);
    this.#changed.add(telemetry.deviceId);
  }

  /** The devices of which something is known. */
  deviceIds(): Iterable<string> {
    return this.#latest.keys();
  }

  /** Calls back with the devices that have newer readings. @returns a function that ends it */
  listen(listener: (deviceIds: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #tell(): Promise<void> {
    if (this.#changed.size === 0) return;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const listener of this.#listeners) listener(changed);
    const readings = changed.flatMap((id) => this.#latest.get(id) ?? []);
    void this.history.keep(readings);
    try {
      await this.redis.hset(
        KEY,
        Object.fromEntries(readings.map((reading) => [reading.deviceId, JSON.stringify(reading)])),
      );
    } catch (error) {
      this.log.debug({ err: error }, 'telemetry did not reach redis');
    }
  }
}
