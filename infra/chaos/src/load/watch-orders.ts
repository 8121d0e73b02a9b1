import { setTimeout as delay } from 'node:timers/promises';
import { ACTOR_HEADER, signActor } from '@brigade/service-kit';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import type { Arena } from '../arena/arena.ts';
import type { Sighting } from './told.ts';

/** A subgraph that was killed is back about then. */
const RETRY_AFTER_MS = 500;
const UPDATED = 'subscription Watch($id: ID!) { orderUpdated(id: $id) { version status } }';

/** Subscribes to orders as staff, over one socket that comes back by itself, and keeps what it sees. */
export class Watcher {
  readonly seen = new Map<string, Sighting[]>();
  readonly #client: Client;

  constructor(arena: Pick<Arena, 'ports' | 'env'>) {
    this.#client = createClient({
      url: `ws://127.0.0.1:${arena.ports.subgraphs.orders}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      // Its own pauses double without end: after many crashes it would come back no more in this run's time.
      retryWait: () => delay(RETRY_AFTER_MS, undefined, { ref: false }),
      connectionParams: async () => ({
        [ACTOR_HEADER]: await signActor(
          { kind: 'user', userId: '00000000-0000-7000-8000-000000000001', roles: ['STAFF'] },
          arena.env.ACTOR_SECRET ?? '',
        ),
      }),
    });
  }

  watch(orderId: string): void {
    const sightings: Sighting[] = [];
    this.seen.set(orderId, sightings);
    this.#client.subscribe<{ orderUpdated: Sighting }>(
      { query: UPDATED, variables: { id: orderId } },
      {
        next: ({ data }) => {
          if (data) sightings.push({ version: data.orderUpdated.version, status: data.orderUpdated.status });
        },
        error: () => {}, // a subgraph that does not know it yet, or is going down: that nobody saw it is no finding
        complete: () => {},
      },
    );
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}
