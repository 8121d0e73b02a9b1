/** Who was heard when, by telemetry or events. In memory: each kitchen listens for itself. */
export class Hearing {
  readonly #heardAt = new Map<string, number>();
  #listeningSince = Number.POSITIVE_INFINITY;

  /** The kitchen can hear from now on: silence before this says nothing about the devices. */
  beginListening(now = Date.now()): void {
    this.#listeningSince = now;
  }

  /** The broker is away: nobody can be heard. */
  stopListening(): void {
    this.#listeningSince = Number.POSITIVE_INFINITY;
  }

  hear(deviceId: string, now = Date.now()): void {
    this.#heardAt.set(deviceId, now);
  }

  /** Whether the device could have been heard for `forMs`, and was not. */
  isSilent(deviceId: string, forMs: number, now = Date.now()): boolean {
    return now - Math.max(this.#heardAt.get(deviceId) ?? 0, this.#listeningSince) > forMs;
  }

  /** Devices that were heard within the last `withinMs`. */
  heard(withinMs: number, now = Date.now()): string[] {
    return [...this.#heardAt].filter(([, at]) => now - at <= withinMs).map(([id]) => id);
  }
}
