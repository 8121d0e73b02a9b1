import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import type { SubscriptionRequest } from '../compile/event-source.ts';
import type { SubgraphResponse } from '../compile/subgraph-call.ts';

const LONGEST_PAUSE_MS = 5_000;
/** A socket that has been silent for so long is asked whether it lives, and is given as long to answer. */
const KEEP_ALIVE_MS = 5_000;
/** A socket without subscriptions is kept for so long. */
const IDLE_MS = 2_000;

export interface UpstreamListener {
  event(event: SubgraphResponse): void;
  /** The subgraph refused the subscription, or ended it with errors. */
  failed(errors: readonly GraphQLFormattedError[]): void;
  /** The subgraph ended it. */
  completed(): void;
}

/** What a subgraph is asked for, made anew each time that it is subscribed to. */
export interface UpstreamRequest {
  /** What is subscribed to: from the beginning, or from where it was left. */
  readonly request: () => SubscriptionRequest;
  /** On whose behalf, signed. */
  readonly extensions: () => Promise<Record<string, unknown> | undefined>;
}

export interface UpstreamOptions {
  readonly subgraph: string;
  /** Where it answers GraphQL over HTTP; its WebSocket is at the same place. */
  readonly url: string;
  /** What opens the socket: the router itself, on nobody's behalf. */
  readonly connectionParams: () => Promise<Record<string, unknown>>;
  readonly onTrouble: (error: unknown) => void;
  readonly keepAliveMs?: number;
}

interface Active extends UpstreamRequest {
  /** What the client sends, also when it subscribes again. */
  readonly payload: SubscriptionRequest & { extensions?: Record<string, unknown> };
}

/**
 * All subscriptions to one subgraph, over one socket (graphql-transport-ws). A socket that breaks or falls silent is
 * opened again, with pauses that grow and differ, and everything is subscribed to anew, from where it was left if its
 * request can say so: else whoever listens sees no more than a gap.
 */
export class Upstream {
  readonly #client: Client;
  readonly #active = new Set<Active>();
  readonly #subgraph: string;
  #socket: WebSocket | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor({ subgraph, url, connectionParams, onTrouble, keepAliveMs = KEEP_ALIVE_MS }: UpstreamOptions) {
    this.#subgraph = subgraph;
    this.#client = createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: async () => {
        // Each new socket comes by here before anything is subscribed to over it: what was signed for the last one may
        // have expired, and what was asked for may have been told.
        await Promise.all([...this.#active].map((active) => refresh(active)));
        return connectionParams();
      },
      lazy: true,
      lazyCloseTimeout: IDLE_MS,
      keepAlive: keepAliveMs,
      connectionAckWaitTimeout: keepAliveMs,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: async (retries) => {
        const longest = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** retries);
        await delay(longest * (0.5 + Math.random() / 2), undefined, { ref: false });
      },
      on: {
        error: onTrouble,
        opened: (socket) => {
          this.#socket = socket as WebSocket;
        },
        ping: (received) => {
          // Not the client's own `terminate`: what then still comes over the old socket would count as of the new one.
          if (!received) this.#silence = setTimeout(() => this.#socket?.terminate(), keepAliveMs).unref();
        },
        pong: (received) => {
          if (received) clearTimeout(this.#silence);
        },
        closed: () => clearTimeout(this.#silence),
      },
    });
  }

  /** @returns ends the subscription; the listener is told nothing any more */
  async subscribe(wanted: UpstreamRequest, listener: UpstreamListener): Promise<() => void> {
    const active: Active = { ...wanted, payload: { query: '', variables: {} } };
    await refresh(active);
    this.#active.add(active);
    let open = true;
    const end = () => {
      const was = open;
      open = false;
      this.#active.delete(active);
      return was;
    };
    const unsubscribe = this.#client.subscribe(active.payload, {
      next: (event) => {
        if (open) listener.event(event as SubgraphResponse);
      },
      error: (error) => {
        if (end()) listener.failed(Array.isArray(error) ? error : [this.#broken(error)]);
      },
      complete: () => {
        if (end()) listener.completed();
      },
    });
    return () => {
      end();
      unsubscribe();
    };
  }

  async close(): Promise<void> {
    clearTimeout(this.#silence);
    await this.#client.dispose();
  }

  /** The subgraph closed the socket in a way that trying again would not mend. */
  #broken(error: unknown): GraphQLFormattedError {
    const { message, reason } = error as { message?: string; reason?: string };
    return {
      message: message ?? reason ?? 'the socket was closed',
      extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: this.#subgraph },
    };
  }
}

async function refresh({ payload, request, extensions }: Active): Promise<void> {
  const given = await extensions();
  // Last, because an event may have come meanwhile.
  Object.assign(payload, request(), given && { extensions: given });
}
