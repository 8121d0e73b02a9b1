import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { eventually } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import type { Guest } from './guest.ts';
import type { Restaurant } from './restaurant.ts';

/** A subscription through the router over WebSocket, whose client never comes back by itself. */
export class Watcher<T> {
  readonly seen: T[] = [];
  readonly errors: unknown[] = [];
  readonly #client: Client;

  constructor(restaurant: Restaurant, guest: Guest, query: string, variables: Record<string, unknown>) {
    this.#client = createClient({
      url: restaurant.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: guest.credentials,
    });
    this.#client.subscribe<T>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (data) this.seen.push(data);
          if (errors) this.errors.push(...errors);
        },
        error: (error) => this.errors.push(error),
        complete: () => this.errors.push('completed'),
      },
    );
  }

  /** Waits until something of the kind has been seen, or the subscription has failed. */
  async until(kind: (seen: T) => boolean, timeoutMs = 60_000): Promise<void> {
    await eventually(() => this.seen.some(kind) || this.errors.length > 0, timeoutMs);
    if (this.errors.length > 0) throw new Error(`the subscription failed: ${JSON.stringify(this.errors)}`);
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}
