/**
 * How the client reaches the restaurant: `live` (its socket is open, or it needs none), `reconnecting`, or `lost` (it
 * has been gone for a while).
 */
export type Connection = 'live' | 'reconnecting' | 'lost';

export interface ConnectionState {
  readonly connection: Connection;
  /** Fields that their service could not answer for lately, e.g. `payment`. */
  readonly missing: readonly string[];
}

/** After so long a field is taken to be answered again unless it failed once more, milliseconds. */
const FORGET_MS = 6_000;
/** After so long without a connection it is lost, milliseconds. */
const LOST_MS = 15_000;

const ORDER: ConnectionState = { connection: 'live', missing: [] };

/** What the banner shows; told by the links, read by the page. Shaped for `useSyncExternalStore`. */
export class ConnectionMonitor {
  readonly #listeners = new Set<() => void>();
  readonly #failures = new Map<string, ReturnType<typeof setTimeout>>();
  #state = ORDER;
  #losing: ReturnType<typeof setTimeout> | undefined;

  readonly get = (): ConnectionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  connected(): void {
    clearTimeout(this.#losing);
    this.#losing = undefined;
    this.#set({ connection: 'live' });
  }

  disconnected(): void {
    if (this.#state.connection === 'lost') return;
    this.#set({ connection: 'reconnecting' });
    this.#losing ??= setTimeout(() => this.#set({ connection: 'lost' }), LOST_MS);
  }

  /** A service could not answer for this field. */
  failed(field: string): void {
    clearTimeout(this.#failures.get(field));
    this.#failures.set(
      field,
      setTimeout(() => this.#forget(field), FORGET_MS),
    );
    this.#set({ missing: [...this.#failures.keys()].toSorted() });
  }

  #forget(field: string): void {
    clearTimeout(this.#failures.get(field));
    if (this.#failures.delete(field)) this.#set({ missing: [...this.#failures.keys()].toSorted() });
  }

  #set(change: Partial<ConnectionState>): void {
    const next = { ...this.#state, ...change };
    if (next.connection === this.#state.connection && next.missing.join() === this.#state.missing.join()) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
