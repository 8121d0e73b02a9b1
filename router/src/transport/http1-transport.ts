import { ConnectionLost } from './connection-lost.ts';
import { DeadlinePassed } from './deadline.ts';
import { connectSocket, type Origin } from './connect-socket.ts';
import { Http1Connection, type Exchange } from './http1-connection.ts';
import { failureOf } from './subgraph-failure.ts';
import type { PostRequest, SubgraphTransport, TransportOptions } from './subgraph-transport.ts';

/** Node's servers close a connection that was idle for 5 s; most others wait longer. */
const IDLE_MS = 4_000;

/**
 * GraphQL over HTTP/1.1. A connection carries one request at a time, so none waits for the answer to another. There are
 * as many connections as there are requests under way, `maxConnections` at most, idle ones included.
 *
 * A server may close an idle connection at the moment at which a request is sent over it. Nobody can tell then whether
 * the request arrived. A query is sent once more, over a new connection. A mutation is therefore never sent over a
 * connection that was used before (RFC 9112 §9.3.1).
 */
export class Http1Transport implements SubgraphTransport {
  readonly #options: TransportOptions;
  readonly #origin: Origin;
  readonly #head: string;
  readonly #connections = new Set<Http1Connection>();
  /** The one that was used last is at the end, and is used first: the others grow old and are closed. */
  readonly #idle: Http1Connection[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(options: TransportOptions, origin: Origin) {
    const { pathname, search, host } = options.url;
    this.#options = options;
    this.#origin = origin;
    this.#head =
      `POST ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\n` +
      'content-type: application/json\r\naccept: application/json\r\n';
    this.#timer = setInterval(() => this.#check(), Math.max(10, Math.min(100, options.timeoutMs / 20))).unref();
  }

  post<T>(request: PostRequest<T>): Promise<T> {
    const { body, headers, deadline, isIdempotent, read } = request;
    const length = Buffer.byteLength(body);
    const text = `${this.#head}${headers.text}content-length: ${length}\r\n\r\n${body}`;
    const isAscii = length === body.length && headers.isAscii;
    return new Promise((answered, failed) => {
      let wasRepeated = false;
      const send = (connection: Http1Connection): void => {
        const { isUsed } = connection;
        const exchange: Exchange = {
          text,
          isAscii,
          deadline,
          answered: (response) => {
            if (connection.isUsable(performance.now())) this.#idle.push(connection);
            try {
              answered(read(response));
            } catch (error) {
              failed(error as Error);
            }
          },
          failed: (error) => {
            const isStale = isUsed && error instanceof ConnectionLost && error.when !== 'in-answer';
            if (!isStale || !isIdempotent || performance.now() >= deadline.at) {
              failed(failureOf(this.#options.subgraph, error, wasRepeated));
              return;
            }
            wasRepeated = true;
            this.#options.onRepeat?.();
            send(this.#open());
          },
        };
        connection.send(exchange);
      };
      if (performance.now() < deadline.at) send((isIdempotent && this.#takeIdle()) || this.#open());
      else failed(failureOf(this.#options.subgraph, new DeadlinePassed()));
    });
  }

  /** What is under way is answered first, or fails by its deadline. */
  async close(): Promise<void> {
    for (const connection of this.#idle.splice(0)) connection.close();
    while (this.#connections.size > 0) {
      await new Promise((again) => setTimeout(again, 20));
      for (const connection of this.#idle.splice(0)) connection.close();
    }
    clearInterval(this.#timer);
  }

  #takeIdle(): Http1Connection | undefined {
    const now = performance.now();
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (connection.isUsable(now)) return connection;
      connection.close();
    }
    return undefined;
  }

  #open(): Http1Connection {
    // Makes room: whoever asks sees to it that no more requests are under way than there may be connections.
    if (this.#connections.size >= this.#options.maxConnections) this.#idle[0]?.close();
    const connection = new Http1Connection({
      open: (onBytes) => connectSocket(this.#origin, onBytes),
      maxBytes: this.#options.maxBytes,
      idleMs: IDLE_MS,
      onClosed: (closed) => this.#forget(closed),
    });
    this.#connections.add(connection);
    return connection;
  }

  #forget(connection: Http1Connection): void {
    this.#connections.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
  }

  #check(): void {
    const now = performance.now();
    for (const connection of this.#connections) connection.check(now);
  }
}
