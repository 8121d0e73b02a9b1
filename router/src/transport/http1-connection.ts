// An HTTP/1.1 client of our own: undici takes far more CPU for a request, and has no way to keep a mutation off a
// connection that was used before (infra/decisions/0024).
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ConnectionLost } from './connection-lost.ts';
import { DeadlinePassed, type Deadline } from './deadline.ts';
import { ResponseReader, type Http1Response } from './response-reader.ts';

/** One request, and who is told what becomes of it: once, of one of the two. */
export interface Exchange {
  /** Head and body. */
  readonly text: string;
  readonly isAscii: boolean;
  readonly deadline: Deadline;
  answered(response: Http1Response): void;
  /** @param error ConnectionLost, DeadlinePassed or MalformedResponse */
  failed(error: Error): void;
}

export interface Http1ConnectionOptions {
  /** Opens the socket, which hands over what it receives and keeps none of it. */
  readonly open: (onBytes: (bytes: Buffer) => void) => Socket;
  /** Of the body of a response. */
  readonly maxBytes: number;
  /** A connection that was idle for so long is not used again, whatever the server says. */
  readonly idleMs: number;
  readonly onClosed: (connection: Http1Connection) => void;
}

/** A server that closes after N seconds of idleness may do so while a request is on its way: it is not used that long. */
const IDLE_MARGIN_MS = 1_000;

/** A connection that carries one request at a time: the next is sent when the response to the last one is whole. */
export class Http1Connection {
  readonly #options: Http1ConnectionOptions;
  readonly #socket: Socket;
  #exchange: Exchange | undefined;
  #reader: ResponseReader;
  #hasAnswerBegun = false;
  #isConnected = false;
  #isClosed = false;
  #served = 0;
  #maxRequests = Number.POSITIVE_INFINITY;
  #idleUntil: number;

  constructor(options: Http1ConnectionOptions) {
    this.#options = options;
    this.#reader = new ResponseReader(options.maxBytes);
    this.#idleUntil = performance.now() + options.idleMs;
    this.#socket = options.open((bytes) => this.#read(bytes));
    const connected = this.#socket instanceof TLSSocket ? 'secureConnect' : 'connect';
    this.#socket.once(connected, () => (this.#isConnected = true));
    this.#socket.on('error', (error) => this.#lose(error.message, error));
    this.#socket.on('end', () => this.#ended());
    this.#socket.on('close', () => this.#lose('the connection was closed'));
  }

  get isBusy(): boolean {
    return this.#exchange !== undefined;
  }

  /** Whether it carried a request before: the server may be about to close it. */
  get isUsed(): boolean {
    return this.#served > 0;
  }

  /** Whether another request may be sent over it. */
  isUsable(now: number): boolean {
    return !this.#isClosed && !this.isBusy && now < this.#idleUntil && this.#served < this.#maxRequests;
  }

  send(exchange: Exchange): void {
    this.#exchange = exchange;
    this.#reader = new ResponseReader(this.#options.maxBytes);
    this.#hasAnswerBegun = false;
    // What is ASCII is the same in both, and sooner written in this one.
    this.#socket.write(exchange.text, exchange.isAscii ? 'latin1' : 'utf8');
  }

  /** Ends a request whose deadline has passed, or a connection that was idle for long enough. */
  check(now: number): void {
    const exchange = this.#exchange;
    if (!exchange) {
      if (now >= this.#idleUntil) this.close();
    } else if (exchange.deadline.at <= now) {
      this.#exchange = undefined;
      this.close();
      exchange.failed(new DeadlinePassed());
    }
  }

  /** A request that is under way fails. */
  close(): void {
    this.#lose('the router closed the connection');
  }

  #read(bytes: Buffer): void {
    const exchange = this.#exchange;
    if (!exchange) {
      // Bytes that nobody asked for must not be taken for the next answer.
      this.close();
      return;
    }
    this.#hasAnswerBegun = true;
    let response: Http1Response | undefined;
    try {
      response = this.#reader.read(bytes);
    } catch (error) {
      this.#exchange = undefined;
      this.close();
      exchange.failed(error as Error);
      return;
    }
    if (response) this.#answer(exchange, response);
  }

  #answer(exchange: Exchange, response: Http1Response): void {
    this.#exchange = undefined;
    this.#served += 1;
    this.#maxRequests = Math.min(this.#maxRequests, response.maxRequests ?? this.#maxRequests);
    const hint = response.idleMs === undefined ? Number.POSITIVE_INFINITY : response.idleMs - IDLE_MARGIN_MS;
    this.#idleUntil = performance.now() + Math.min(this.#options.idleMs, hint);
    if (!response.keepAlive || hint <= 0 || this.#served >= this.#maxRequests) this.close();
    exchange.answered(response);
  }

  #ended(): void {
    const exchange = this.#exchange;
    const last = exchange && this.#reader.end();
    if (last) this.#answer(exchange, last);
    this.#lose('the server closed the connection');
  }

  #lose(message: string, cause?: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.destroy();
    this.#options.onClosed(this);
    const exchange = this.#exchange;
    this.#exchange = undefined;
    if (!exchange) return;
    const when = this.#isConnected ? (this.#hasAnswerBegun ? 'in-answer' : 'no-answer') : 'not-sent';
    exchange.failed(new ConnectionLost(when, message, { cause }));
  }
}
