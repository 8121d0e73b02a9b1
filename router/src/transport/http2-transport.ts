import { ConnectionLost } from './connection-lost.ts';
import type { Origin } from './connect-socket.ts';
import { DeadlinePassed } from './deadline.ts';
import { Http2Connection } from './http2-connection.ts';
import { failureOf } from './subgraph-failure.ts';
import type { PostRequest, SubgraphTransport, TransportOptions } from './subgraph-transport.ts';

/** A connection that was silent for so long may be closed without our knowing it. */
const SILENT_MS = 1_000;

/**
 * GraphQL over HTTP/2: all requests over one connection, another one only where the server takes no more at a time. A
 * server that closes says which requests it did not look at; those are sent once more, mutations too. A mutation is not
 * sent over a connection that was silent for a while before the server has answered a ping.
 */
export class Http2Transport implements SubgraphTransport {
  readonly #options: TransportOptions;
  readonly #origin: Origin;
  readonly #head: Readonly<Record<string, string>>;
  readonly #connections = new Set<Http2Connection>();
  readonly #timer: NodeJS.Timeout;
  readonly #silentMs: number;

  constructor(options: TransportOptions, origin: Origin, silentMs = SILENT_MS) {
    const { pathname, search } = options.url;
    this.#options = options;
    this.#origin = origin;
    this.#silentMs = silentMs;
    this.#head = {
      ':method': 'POST',
      ':path': pathname + search,
      'content-type': 'application/json',
      accept: 'application/json',
    };
    this.#timer = setInterval(() => this.#check(), Math.max(10, Math.min(100, options.timeoutMs / 20))).unref();
  }

  async post<T>(request: PostRequest<T>): Promise<T> {
    const connection = this.#usable();
    const isSilent = connection.isUsed && performance.now() - connection.heardAt >= this.#silentMs;
    if (isSilent && !request.isIdempotent && !(await connection.ping())) connection.close();
    // A connection that is closed is not usable any more: this may be another one.
    return this.#send(request, this.#usable());
  }

  /** What is under way is answered first, or fails by its deadline. */
  async close(): Promise<void> {
    while ([...this.#connections].some(({ isBusy }) => isBusy)) await new Promise((again) => setTimeout(again, 20));
    clearInterval(this.#timer);
    for (const connection of this.#connections) connection.close();
  }

  #send<T>(request: PostRequest<T>, connection: Http2Connection, wasRepeated = false): Promise<T> {
    const { body, headers, deadline, isIdempotent, read } = request;
    const { subgraph, onRepeat } = this.#options;
    const { isUsed } = connection;
    return new Promise((answered, failed) => {
      if (performance.now() >= deadline.at) {
        failed(failureOf(subgraph, new DeadlinePassed(), wasRepeated));
        return;
      }
      connection.send({
        headers: { ...headers.record, ...this.#head },
        body,
        deadline,
        answered: (response) => {
          try {
            answered(read(response));
          } catch (error) {
            failed(error as Error);
          }
        },
        failed: (error) => {
          const when = error instanceof ConnectionLost && !wasRepeated ? error.when : undefined;
          if (when === 'not-sent' || (when === 'no-answer' && isIdempotent && isUsed)) {
            onRepeat?.();
            answered(this.#send(request, this.#usable(), true));
          } else failed(failureOf(subgraph, error, wasRepeated));
        },
      });
    });
  }

  #usable(): Http2Connection {
    for (const connection of this.#connections) if (connection.isUsable) return connection;
    const opened = new Http2Connection({
      url: this.#options.url,
      origin: this.#origin,
      maxBytes: this.#options.maxBytes,
      onClosed: (closed) => this.#connections.delete(closed),
    });
    this.#connections.add(opened);
    return opened;
  }

  #check(): void {
    const now = performance.now();
    for (const connection of this.#connections) connection.check(now);
  }
}
