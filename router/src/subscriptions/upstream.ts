import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import type WebSocket from 'ws';
import type { SubscriptionRequest } from '../compile/event-source.ts';
import type { SubgraphResponse } from '../compile/subgraph-call.ts';
import { Backoff } from './backoff.ts';
import { readMessage, type ReadMessage } from './upstream-message.ts';
import { createUpstreamSocket } from './upstream-socket.ts';

const PAUSES = { firstMs: 100, maxMs: 5_000, lastingMs: 10_000 };
/** Of a message of the subgraph. */
const MAX_MESSAGE_BYTES = 16_777_216;
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
  readonly maxMessageBytes?: number;
  /** Waits before the socket is opened again. */
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** The subgraph does not keep to graphql-transport-ws. */
export class ProtocolBroken extends Error {
  override readonly name = 'ProtocolBroken';
}

interface Active extends UpstreamRequest {
  /** What the client sends, also when it subscribes again. */
  readonly payload: SubscriptionRequest & { extensions?: Record<string, unknown> };
}

/**
 * All subscriptions to one subgraph, over one socket (graphql-transport-ws). A socket that breaks or falls silent is
 * opened again, with pauses that grow and differ, and everything is subscribed to anew, from where it was left if its
 * request can say so: else whoever listens sees no more than a gap. A message that breaks the protocol ends the
 * subscription that it is about, and nothing else.
 */
export class Upstream {
  readonly #client: Client;
  readonly #active = new Set<Active>();
  readonly #subgraph: string;
  readonly #onTrouble: (error: unknown) => void;
  readonly #ids = new WeakMap<object, string>();
  /** Ids of subscriptions that have not ended. */
  readonly #open = new Set<string>();
  readonly #backoff = new Backoff(PAUSES);
  /** Ends what is waited for when the router stops. */
  readonly #closing = new AbortController();
  #socket: WebSocket | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor({
    subgraph,
    url,
    connectionParams,
    onTrouble,
    keepAliveMs = KEEP_ALIVE_MS,
    maxMessageBytes = MAX_MESSAGE_BYTES,
    wait = (ms) => delay(ms, undefined, { ref: false, signal: this.#closing.signal }).catch(() => {}),
  }: UpstreamOptions) {
    this.#subgraph = subgraph;
    this.#onTrouble = onTrouble;
    this.#client = createClient({
      // Each new socket begins here, whatever ended the one before it.
      url: async () => {
        const pause = this.#backoff.nextPause();
        if (pause > 0) await wait(pause);
        return url.replace(/^http/, 'ws');
      },
      webSocketImpl: createUpstreamSocket({
        read: (data) => this.#read(data),
        maxMessageBytes,
        onFault: (fault) => onTrouble(new ProtocolBroken(fault)),
        onError: onTrouble,
      }),
      generateID: (payload) => this.#ids.get(payload) ?? randomUUID(),
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
      retryWait: async () => {}, // `url` waits
      on: {
        error: onTrouble,
        opened: (socket) => {
          this.#socket = socket as WebSocket;
        },
        connected: () => this.#backoff.opened(),
        ping: (received) => {
          // Not the client's own `terminate`: what then still comes over the old socket would count as of the new one.
          if (!received) this.#silence = setTimeout(() => this.#socket?.terminate(), keepAliveMs).unref();
        },
        pong: (received) => {
          if (received) clearTimeout(this.#silence);
        },
        closed: () => {
          clearTimeout(this.#silence);
          if (this.#active.size === 0) this.#backoff.reset();
        },
      },
    });
  }

  /** @returns ends the subscription; the listener is told nothing any more */
  async subscribe(wanted: UpstreamRequest, listener: UpstreamListener): Promise<() => void> {
    const active: Active = { ...wanted, payload: { query: '', variables: {} } };
    await refresh(active);
    this.#active.add(active);
    const id = randomUUID();
    this.#ids.set(active.payload, id);
    this.#open.add(id);
    let open = true;
    const end = () => {
      const was = open;
      open = false;
      this.#active.delete(active);
      this.#open.delete(id);
      return was;
    };
    const unsubscribe = this.#client.subscribe(active.payload, {
      next: (event) => {
        if (!open) return;
        try {
          listener.event(event as SubgraphResponse);
        } catch (error) {
          // What is thrown here would end the socket.
          this.#onTrouble(error);
          if (end()) listener.failed([this.#broken({ message: 'an event could not be taken' })]);
          unsubscribe();
        }
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
    this.#closing.abort();
    // It throws what ended a socket that was just being opened.
    await Promise.resolve(this.#client.dispose()).catch(this.#onTrouble);
  }

  /**
   * Of a subscription that has ended, or that there is not, nothing is told: the client looks ids up among inherited
   * names, and takes a second end for the end of another subscription.
   */
  #read(data: unknown): ReadMessage {
    const read = readMessage(data, (fault) => this.#broken({ message: fault }));
    const { id, type } = read.message ?? {};
    if (typeof id !== 'string') return read;
    if (!this.#open.has(id)) return {};
    if (type !== 'next') this.#open.delete(id);
    return read;
  }

  /** The subgraph broke the protocol, or closed the socket in a way that trying again would not mend. */
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
