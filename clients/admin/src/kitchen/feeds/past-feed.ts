import type { ApolloClient } from '@apollo/client';
import { KitchenPastDocument } from '@brigade/graphql';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';
import { readingFrom } from '../twin/reading.ts';

/** Loaded at a time, milliseconds; at one reading a second. */
export const WINDOW_MS = 60_000;
const POINTS = WINDOW_MS / 1_000;
/** Fetched ahead of the playhead while it runs. */
const AHEAD = 2;

/**
 * Loads what the playhead runs over, a window at a time and a little ahead. Windows that are in are not fetched again,
 * except one that had not ended yet.
 */
export class PastFeed {
  readonly #client: ApolloClient;
  readonly #twin: KitchenTwin;
  readonly #windows = new Set<number>();
  #failed = 0;

  constructor(client: ApolloClient, twin: KitchenTwin) {
    this.#client = client;
    this.#twin = twin;
  }

  /** Makes sure that there is something to show around the playhead. Call it every now and then. */
  async prepare(): Promise<void> {
    const { playhead } = this.#twin;
    if (playhead.isLive || performance.now() - this.#failed < 2_000) return;
    const present = playhead.present();
    const first = Math.floor(playhead.time() / WINDOW_MS);
    // With the one before: what hangs on the rail at its end came in then.
    const wanted = Array.from({ length: AHEAD + 2 }, (_nothing, index) => first - 1 + index);
    await Promise.all(
      wanted.filter((window) => window * WINDOW_MS < present).map((window) => this.#load(window, present)),
    );
  }

  async #load(window: number, present: number): Promise<void> {
    if (this.#windows.has(window)) return;
    this.#windows.add(window);
    const from = window * WINDOW_MS;
    const to = Math.min(from + WINDOW_MS, present);
    try {
      const { data } = await this.#client.query({
        query: KitchenPastDocument,
        variables: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: POINTS },
        fetchPolicy: 'no-cache',
      });
      if (!data) throw new Error('no past');
      for (const { id, history } of data.stations) this.#twin.remember(id, history.map(readingFrom));
      for (const { at, ...change } of data.ticketHistory) {
        this.#twin.pastTickets.add({
          ...change,
          stationId: change.stationId ?? null,
          step: change.step ?? null,
          at: Date.parse(at),
        });
      }
      if (to === present) this.#windows.delete(window);
    } catch {
      this.#windows.delete(window);
      this.#failed = performance.now();
    }
  }
}
