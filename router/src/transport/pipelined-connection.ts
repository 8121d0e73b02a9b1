import { connect, type Socket } from 'node:net';
import { ResponseReader, type HttpResponse } from './response-reader.ts';

/** One request that was given to a connection. */
export interface Exchange {
  /** Head and body. */
  readonly text: string;
  readonly isAscii: boolean;
  /** By `performance.now()`. */
  readonly startedAt: number;
  readonly deadline: number;
  /** Each is told once of one of these. */
  answered(response: HttpResponse): void;
  failed(error: Error): void;
}

/** The deadline of a request has passed. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** What has just come, over whichever connection: it is read before anything else comes. No read allocates another. */
const RECEIVED = Buffer.allocUnsafeSlow(65_536);

export interface PipelinedConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly mostBytes: number;
  readonly onClosed: (connection: PipelinedConnection) => void;
}

/**
 * A connection over which requests are sent without waiting for the answers to those before them (pipelining, RFC 9112
 * §9.3.2). Answers come in order; what was not answered when the connection ends has failed.
 */
export class PipelinedConnection {
  readonly #options: PipelinedConnectionOptions;
  readonly #socket: Socket;
  readonly #reader: ResponseReader;
  /** Waiting for their answers, the oldest first. Those that gave up waiting keep their place. */
  #waiting: (Exchange | undefined)[] = [];
  #unsent = '';
  #unsentCount = 0;
  #unsentIsAscii = true;
  #idleSince = performance.now();
  #closed = false;

  constructor(options: PipelinedConnectionOptions) {
    this.#options = options;
    this.#reader = new ResponseReader(options.mostBytes);
    this.#socket = connect({
      host: options.host,
      port: options.port,
      noDelay: true,
      keepAlive: true,
      onread: {
        buffer: RECEIVED,
        callback: (count) => {
          this.#read(RECEIVED.subarray(0, count));
          return true;
        },
      },
    });
    this.#socket.on('error', (error) => this.close(error));
    this.#socket.on('end', () => this.#ended());
    this.#socket.on('close', () => this.close(new Error('the connection was closed')));
  }

  /** Requests that wait for an answer. */
  get load(): number {
    return this.#waiting.length;
  }

  /** When the answer that all others wait for was asked for; nothing when nobody waits. */
  get oldestStart(): number | undefined {
    return this.#waiting[0]?.startedAt;
  }

  /** Since when nobody has waited; nothing when somebody does. */
  get idleSince(): number | undefined {
    return this.#waiting.length === 0 ? this.#idleSince : undefined;
  }

  /** Whether nothing but requests of this turn of the event loop wait here, and fewer than `most`. */
  gathers(most: number): boolean {
    return this.#unsentCount > 0 && this.#unsentCount < most && this.#unsentCount === this.#waiting.length;
  }

  send(exchange: Exchange): void {
    this.#waiting.push(exchange);
    this.#unsentCount += 1;
    // What is asked for in one turn of the event loop leaves together.
    if (this.#unsent === '') setImmediate(() => this.#flush());
    this.#unsent += exchange.text;
    this.#unsentIsAscii &&= exchange.isAscii;
  }

  /** Tells those whose deadline has passed. Who all others wait for takes the connection along. */
  checkDeadlines(now: number): void {
    const [oldest] = this.#waiting;
    if (oldest && oldest.deadline <= now) {
      this.#waiting[0] = undefined;
      oldest.failed(new DeadlinePassed());
      this.close(new Error('an answer before it did not come in time'));
      return;
    }
    for (const [index, exchange] of this.#waiting.entries()) {
      if (!exchange || exchange.deadline > now) continue;
      this.#waiting[index] = undefined;
      exchange.failed(new DeadlinePassed());
    }
  }

  /** @param reason what whoever waits is told */
  close(reason: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
    this.#options.onClosed(this);
    for (const exchange of this.#waiting.splice(0)) exchange?.failed(reason);
  }

  #flush(): void {
    const text = this.#unsent;
    // What is ASCII is the same in both, and sooner written in this one.
    const encoding = this.#unsentIsAscii ? 'latin1' : 'utf8';
    this.#unsent = '';
    this.#unsentCount = 0;
    this.#unsentIsAscii = true;
    if (!this.#closed) this.#socket.write(text, encoding);
  }

  #read(bytes: Buffer): void {
    this.#reader.push(bytes);
    try {
      while (!this.#closed) {
        const response = this.#reader.next();
        if (!response) break;
        this.#answer(response);
      }
    } catch (error) {
      this.#waiting.shift()?.failed(error as Error);
      this.close(new Error('an answer before it could not be read', { cause: error }));
    }
  }

  #answer(response: HttpResponse): void {
    if (this.#waiting.length === 0) {
      this.close(new Error('an answer that nobody asked for'));
      return;
    }
    const exchange = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#idleSince = performance.now();
    exchange?.answered(response);
    if (!response.keepAlive) this.close(new Error('the connection was closed'));
  }

  #ended(): void {
    const last = this.#reader.end();
    if (last) this.#waiting.shift()?.answered(last);
    this.close(new Error('the connection was closed'));
  }
}
