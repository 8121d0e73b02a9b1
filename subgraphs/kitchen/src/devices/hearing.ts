/** Longer than between two looks: this process itself was stopped meanwhile, and heard nothing. Milliseconds. */
const OWN_PAUSE_MS = 3_000;

/**
 * Who was heard when, by telemetry or events. In memory: each kitchen listens for itself. Times are milliseconds of a
 * clock that nobody can set (`performance.now()`).
 */
export class Hearing {
  readonly #heardAt = new Map<string, number>();
  #listeningSince = Number.POSITIVE_INFINITY;
  #lastLook: number | undefined;

  /** The kitchen can hear from now on: silence before this says nothing about the devices. */
  beginListening(now = performance.now()): void {
    this.#listeningSince = now;
  }

  /** The broker is away: nobody can be heard. */
  stopListening(): void {
    this.#listeningSince = Number.POSITIVE_INFINITY;
  }

  /** To be called before each look: a kitchen that was stopped for a while has heard nobody, which is not their fault. */
  wakeUp(now = performance.now()): void {
    const slept = this.#lastLook !== undefined && now - this.#lastLook > OWN_PAUSE_MS;
    if (slept && this.#listeningSince !== Number.POSITIVE_INFINITY) this.beginListening(now);
    this.#lastLook = now;
  }

  hear(deviceId: string, now = performance.now()): void {
    this.#heardAt.set(deviceId, now);
  }

  /** Whether the device could have been heard for `forMs`, and was not. */
  isSilent(deviceId: string, forMs: number, now = performance.now()): boolean {
    return now - Math.max(this.#heardAt.get(deviceId) ?? 0, this.#listeningSince) > forMs;
  }

  /** Devices that were heard within the last `withinMs`. */
  heard(withinMs: number, now = performance.now()): string[] {
    return [...this.#heardAt].filter(([, at]) => now - at <= withinMs).map(([id]) => id);
  }
}
