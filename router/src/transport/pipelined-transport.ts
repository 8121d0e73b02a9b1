import { DeadlinePassed, PipelinedConnection } from './pipelined-connection.ts';
import { MalformedResponse, type HttpResponse } from './response-reader.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { RequestHeaders, SubgraphTransport, TransportOptions } from './subgraph-transport.ts';

const MOST_CONNECTIONS = 32;
/** Requests follow each other on one connection only when there are more than connections, and so many at most. */
const MOST_ON_ONE = 64;
/** Node's servers close a connection that was idle for 5 s. */
const IDLE_MS = 4_000;
/** Nothing is sent behind a request that has waited so long, while there is another connection. */
const SLOW_MS = 20;
/** While answers usually come this soon and are no longer, what is asked for in one turn of the event loop shares … */
const QUICK_MS = 10;
const SHORT = 4_096;
/** … a connection, so many at most: one write, and often one read, instead of several. */
const MOST_TOGETHER = 8;
/** How much the newest answer counts in what is usual. */
const NEWEST = 0.1;

/** GraphQL over HTTP/1.1 on few connections, which are kept and pipelined. */
export class PipelinedTransport implements SubgraphTransport {
  readonly #options: TransportOptions;
  readonly #host: string;
  readonly #port: number;
  readonly #head: string;
  readonly #connections: PipelinedConnection[] = [];
  readonly #timer: NodeJS.Timeout;
  /** How long answers take, and how long they are; nothing while that is not known. */
  #usual: { ms: number; length: number } | undefined;
  #gathering: PipelinedConnection | undefined;

  constructor(options: TransportOptions) {
    const { hostname, port, pathname, search, host } = options.url;
    this.#options = options;
    this.#host = hostname.replaceAll(/^\[|\]$/g, '');
    this.#port = Number(port || 80);
    this.#head =
      `POST ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\n` +
      'content-type: application/json\r\naccept: application/json\r\n';
    this.#timer = setInterval(() => this.#look(), Math.max(10, Math.min(100, options.timeoutMs / 20))).unref();
  }

  post<T>(body: string, headers: RequestHeaders, timeoutMs: number, read: (response: HttpResponse) => T): Promise<T> {
    const length = Buffer.byteLength(body);
    const text = `${this.#head}${headers.text}content-length: ${length}\r\n\r\n${body}`;
    const isAscii = length === body.length && headers.isAscii;
    return new Promise((answered, failed) => {
      const startedAt = performance.now();
      this.#connection(startedAt).send({
        text,
        isAscii,
        startedAt,
        deadline: startedAt + timeoutMs,
        answered: (response) => {
          this.#learn(performance.now() - startedAt, response.body.length);
          try {
            answered(read(response));
          } catch (error) {
            failed(error as Error);
          }
        },
        failed: (error) => {
          this.#usual = undefined;
          failed(this.#failure(error, timeoutMs));
        },
      });
    });
  }

  /** What is under way is answered first, or fails by its deadline. */
  async close(): Promise<void> {
    while (this.#connections.some(({ load }) => load > 0)) await new Promise((again) => setTimeout(again, 20));
    clearInterval(this.#timer);
    for (const connection of this.#connections.slice()) connection.close(new Error('the router closed it'));
  }

  /** Where a request goes: with others of this turn while that costs them little. */
  #connection(now: number): PipelinedConnection {
    const usual = this.#usual;
    const isCheap = usual !== undefined && usual.ms < QUICK_MS && usual.length < SHORT;
    if (isCheap && this.#gathering?.gathers(MOST_TOGETHER)) return this.#gathering;
    return (this.#gathering = this.#leastBusy(now));
  }

  #learn(ms: number, length: number): void {
    this.#usual ??= { ms, length };
    this.#usual.ms += NEWEST * (ms - this.#usual.ms);
    this.#usual.length += NEWEST * (length - this.#usual.length);
  }

  /** The one with the least to do; another is opened before requests wait for each other. */
  #leastBusy(now: number): PipelinedConnection {
    let best: PipelinedConnection | undefined;
    let bestLoad = Number.POSITIVE_INFINITY;
    for (const connection of this.#connections) {
      const { load, oldestStart } = connection;
      if (load === 0) return connection;
      const isSlow = oldestStart !== undefined && now - oldestStart > SLOW_MS;
      const weight = isSlow ? load + MOST_ON_ONE : load;
      if (weight < bestLoad) [best, bestLoad] = [connection, weight];
    }
    if (best && this.#connections.length >= MOST_CONNECTIONS) return best;
    const opened = new PipelinedConnection({
      host: this.#host,
      port: this.#port,
      mostBytes: this.#options.mostBytes,
      onClosed: (closed) => {
        const index = this.#connections.indexOf(closed);
        if (index >= 0) this.#connections.splice(index, 1);
      },
    });
    this.#connections.push(opened);
    return opened;
  }

  #look(): void {
    const now = performance.now();
    for (const connection of this.#connections.slice()) {
      connection.checkDeadlines(now);
      const { idleSince } = connection;
      if (idleSince !== undefined && now - idleSince > IDLE_MS) connection.close(new Error('idle'));
    }
  }

  #failure(error: Error, timeoutMs: number): SubgraphFailure {
    const { subgraph } = this.#options;
    if (error instanceof DeadlinePassed) {
      return new SubgraphFailure(subgraph, 'timeout', `no answer within ${timeoutMs} ms`, { cause: error });
    }
    const reason = error instanceof MalformedResponse ? 'invalid' : 'unreachable';
    return new SubgraphFailure(subgraph, reason, error.message, { cause: error });
  }
}
