import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import type { StreamEncoding } from './stream-encodings.ts';

/** A response that goes on. */
export class OpenStream {
  readonly #res: ServerResponse;
  readonly #encoding: StreamEncoding;
  #written = 0;
  /** What the client had taken at the last heartbeat. */
  #takenBefore = Number.NEGATIVE_INFINITY;

  constructor(res: ServerResponse, encoding: StreamEncoding) {
    this.#res = res;
    this.#encoding = encoding;
  }

  begin(): void {
    this.#res.writeHead(200, {
      'content-type': this.#encoding.contentType,
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    this.#write(this.#encoding.head);
  }

  /** @param text of a GraphQL response */
  next(text: string): void {
    this.#write(this.#encoding.next(text));
  }

  /** Says that there is nothing new; cuts off who has taken nothing since the last time, though there was something. */
  beat(): void {
    const { writableLength } = this.#res;
    const taken = this.#written - writableLength;
    if (writableLength === 0) this.#write(this.#encoding.heartbeat);
    else if (taken <= this.#takenBefore) this.cut();
    this.#takenBefore = taken;
  }

  /** Ends with errors that are not those of an event. */
  fail(errors: readonly GraphQLFormattedError[]): void {
    if (!this.#res.writableEnded) this.#res.end(this.#encoding.failed(JSON.stringify(errors)));
  }

  end(): void {
    if (!this.#res.writableEnded) this.#res.end(this.#encoding.tail);
  }

  /** Breaks off, so that the client knows that there was more to come. */
  cut(): void {
    this.#res.destroy();
  }

  #write(text: string): void {
    if (this.#res.writableEnded) return;
    this.#written += Buffer.byteLength(text);
    this.#res.write(text);
  }
}
