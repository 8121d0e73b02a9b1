import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { tlsOptions, type Origin } from './connect-socket.ts';
import { ConnectionLost } from './connection-lost.ts';
import { DeadlinePassed, type Deadline } from './deadline.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import { MalformedResponse } from './malformed-response.ts';
import type { HttpResponse } from './response-reader.ts';

/** One request, and who is told what becomes of it: once, of one of the two. */
export interface Http2Exchange {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly deadline: Deadline;
  answered(response: HttpResponse): void;
  /** @param error ConnectionLost, DeadlinePassed or MalformedResponse */
  failed(error: Error): void;
}

export interface Http2ConnectionOptions {
  readonly url: URL;
  readonly origin: Origin;
  /** Of the body of a response. */
  readonly maxBytes: number;
  readonly onClosed: (connection: Http2Connection) => void;
}

const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = constants;
/** Until the server has said how many streams it takes (RFC 9113 §6.5.2 recommends no less). */
const USUAL_STREAMS = 100;
const STREAM_WINDOW = 1_048_576;
const CONNECTION_WINDOW = 16 * STREAM_WINDOW;
const IDLE_MS = 30_000;
const PING_MS = 1_000;

/** A connection that carries many requests at a time (RFC 9113). */
export class Http2Connection {
  readonly #options: Http2ConnectionOptions;
  readonly #session: ClientHttp2Session;
  readonly #streams = new Map<ClientHttp2Stream, Http2Exchange>();
  #heardAt = performance.now();
  /** The server looks at no stream with a greater number. */
  #lastStream = Number.POSITIVE_INFINITY;
  #isClosing = false;
  /** A request was not answered in time, and nothing was heard since. */
  #isDoubtful = false;
  #hasServed = false;

  constructor(options: Http2ConnectionOptions) {
    const { origin, url } = options;
    this.#options = options;
    this.#session = connect(url.origin, {
      ...(origin.tls && tlsOptions(origin, ['h2'])),
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
      maxSessionMemory: 100,
    });
    this.#session.once('connect', () => {
      this.#heardAt = performance.now();
      this.#session.setLocalWindowSize(CONNECTION_WINDOW);
    });
    this.#session.on('goaway', (_code: number, lastStream: number) => {
      this.#lastStream = lastStream;
      this.#isClosing = true;
    });
    this.#session.on('error', () => (this.#isClosing = true)); // Each stream is told.
    this.#session.once('close', () => {
      this.#isClosing = true;
      options.onClosed(this);
    });
  }

  get isBusy(): boolean {
    return this.#streams.size > 0;
  }

  /** Whether a request was answered over it. */
  get isUsed(): boolean {
    return this.#hasServed;
  }

  /** Whether another request may be sent over it without waiting for a stream. */
  get isUsable(): boolean {
    if (this.#isClosing || this.#isDoubtful || this.#session.closed || this.#session.destroyed) return false;
    const { connecting, remoteSettings } = this.#session;
    return this.#streams.size < (connecting ? USUAL_STREAMS : (remoteSettings.maxConcurrentStreams ?? USUAL_STREAMS));
  }

  /** Since when nothing was heard of the server, by `performance.now()`. */
  get heardAt(): number {
    return this.#heardAt;
  }

  send(exchange: Http2Exchange): void {
    const headers = { ...exchange.headers, 'content-length': String(Buffer.byteLength(exchange.body)) };
    let stream: ClientHttp2Stream;
    try {
      stream = this.#session.request(headers, { endStream: false });
    } catch (error) {
      this.#isClosing = true;
      exchange.failed(new ConnectionLost('not-sent', (error as Error).message, { cause: error }));
      return;
    }
    this.#streams.set(stream, exchange);
    this.#receive(stream, exchange);
    stream.end(exchange.body);
  }

  #receive(stream: ClientHttp2Stream, exchange: Http2Exchange): void {
    const body = new GrowingBuffer();
    let status: number | undefined;
    let hasEnded = false;
    stream.on('response', (headers) => {
      this.#heardAt = performance.now();
      status = headers[':status'] ?? 0;
    });
    stream.on('data', (bytes: Buffer) => {
      const { maxBytes } = this.#options;
      if (body.length + bytes.length <= maxBytes) body.append(bytes);
      else this.#giveUp(stream, new MalformedResponse(`an answer of more than ${maxBytes} bytes`));
    });
    stream.on('end', () => (hasEnded = true));
    stream.on('error', () => {}); // What it means is looked at when it is closed.
    stream.once('close', () => {
      if (!this.#streams.delete(stream)) return;
      if (status === undefined || !hasEnded || stream.rstCode !== NGHTTP2_NO_ERROR) {
        exchange.failed(this.#lossOf(stream, status !== undefined));
        return;
      }
      this.#heardAt = performance.now();
      this.#hasServed = true;
      exchange.answered({ status, body: body.view() });
    });
  }

  /** @returns whether the server answers, within a second */
  ping(): Promise<boolean> {
    return new Promise((told) => {
      const timer = setTimeout(() => told(false), PING_MS);
      const answered = (error: Error | null): void => {
        clearTimeout(timer);
        if (!error) this.#heardAt = performance.now();
        told(!error);
      };
      try {
        if (!this.#session.ping(answered)) answered(new Error('a ping was not sent'));
      } catch (error) {
        answered(error as Error);
      }
    });
  }

  /** Gives up requests whose deadline has passed, and closes the connection when it was idle for long enough. */
  check(now: number): void {
    for (const [stream, { deadline }] of this.#streams) {
      if (deadline.at > now) continue;
      // The server lets nothing through: the next request would wait for the same.
      if (!stream.writableFinished) this.#isClosing = true;
      this.#giveUp(stream, new DeadlinePassed());
      void this.#doubt();
    }
    if (!this.isBusy && now - this.#heardAt > IDLE_MS) this.close();
  }

  /** Requests that are under way fail. */
  close(): void {
    this.#isClosing = true;
    this.#session.destroy();
  }

  /** One request that was not answered in time may be slow; a connection that answers no ping carries none any more. */
  async #doubt(): Promise<void> {
    if (this.#isDoubtful) return;
    this.#isDoubtful = true;
    if (await this.ping()) this.#isDoubtful = false;
    else this.close();
  }

  #giveUp(stream: ClientHttp2Stream, error: Error): void {
    const exchange = this.#streams.get(stream);
    this.#streams.delete(stream);
    stream.close(NGHTTP2_CANCEL);
    exchange?.failed(error);
  }

  #lossOf(stream: ClientHttp2Stream, hasBegun: boolean): ConnectionLost {
    const { id, rstCode } = stream;
    // Where the connection ends, each stream has its code: only the last stream that it names counts then.
    const wasRefused = rstCode === NGHTTP2_REFUSED_STREAM && !this.#isClosing;
    const wasIgnored = id === undefined || wasRefused || id > this.#lastStream;
    const when = wasIgnored ? 'not-sent' : hasBegun ? 'in-answer' : 'no-answer';
    return new ConnectionLost(when, `the stream was closed (${rstCode})`, { cause: stream.errored });
  }
}
