import { GrowingBuffer } from './growing-buffer.ts';
import { MalformedResponse } from './malformed-response.ts';
import type { Framing } from './response-head.ts';

/** A body that has come whole. */
export interface WholeBody {
  /** Valid until the next bytes are received. */
  readonly bytes: Buffer;
  /** Bytes that came after it. */
  readonly excess: number;
}

/** Reads one body, however its bytes are cut. */
export interface BodyReader {
  /**
   * @returns the body once it is whole
   * @throws MalformedResponse
   */
  read(bytes: Buffer): WholeBody | undefined;
  /** The connection has ended. @returns the body where that is its end */
  end(): Buffer | undefined;
}

/** @param maxBytes a longer body is refused */
export function readerOf(framing: Framing, maxBytes: number): BodyReader {
  switch (framing.kind) {
    case 'length':
      if (framing.length > maxBytes) throw tooLong(maxBytes);
      return new LengthReader(framing.length);
    case 'chunked':
      return new ChunkReader(maxBytes);
    case 'until-close':
      return new RestReader(maxBytes);
    default:
      return framing satisfies never;
  }
}

const tooLong = (maxBytes: number) => new MalformedResponse(`an answer of more than ${maxBytes} bytes`);

class LengthReader implements BodyReader {
  readonly #length: number;
  readonly #body = new GrowingBuffer();

  constructor(length: number) {
    this.#length = length;
  }

  read(bytes: Buffer): WholeBody | undefined {
    const wanted = this.#length - this.#body.length;
    if (this.#body.length === 0 && bytes.length >= wanted) {
      return { bytes: bytes.subarray(0, wanted), excess: bytes.length - wanted };
    }
    this.#body.append(bytes.subarray(0, wanted));
    if (this.#body.length < this.#length) return undefined;
    return { bytes: this.#body.view(), excess: bytes.length - wanted };
  }

  end(): undefined {
    return undefined;
  }
}

class RestReader implements BodyReader {
  readonly #maxBytes: number;
  readonly #body = new GrowingBuffer();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  read(bytes: Buffer): undefined {
    if (this.#body.length + bytes.length > this.#maxBytes) throw tooLong(this.#maxBytes);
    this.#body.append(bytes);
  }

  end(): Buffer {
    return this.#body.view();
  }
}

const MAX_LINE_BYTES = 8_192;
const MAX_TRAILER_BYTES = 65_536;
const [CR, LF] = [0x0d, 0x0a];
const SIZE = /^([0-9a-f]{1,8})[ \t]*(?:;[^\r\n]*)?$/i;

/** The chunked transfer encoding (RFC 9112 §7.1). */
class ChunkReader implements BodyReader {
  readonly #maxBytes: number;
  readonly #body = new GrowingBuffer();
  readonly #line = new GrowingBuffer();
  #state: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  /** Bytes of the chunk that are still to come. */
  #left = 0;
  #trailerBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  read(bytes: Buffer): WholeBody | undefined {
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#state === 'data') {
        const data = rest.subarray(0, this.#left);
        this.#body.append(data);
        this.#left -= data.length;
        rest = rest.subarray(data.length);
        if (this.#left === 0) this.#state = 'data-end';
        continue;
      }
      const end = rest.indexOf(LF);
      const line = this.#lineOf(rest, end);
      if (line === undefined) return undefined;
      rest = rest.subarray(end + 1);
      if (this.#take(line)) return { bytes: this.#body.view(), excess: rest.length };
    }
    return undefined;
  }

  end(): undefined {
    return undefined;
  }

  /** @param end of the line, -1 where it is still to come @returns the line, once it is whole */
  #lineOf(bytes: Buffer, end: number): string | undefined {
    let line = end === -1 ? bytes : bytes.subarray(0, end + 1);
    if (end === -1 || this.#line.length > 0) {
      this.#line.append(line);
      line = this.#line.view();
    }
    if (line.length > MAX_LINE_BYTES) throw new MalformedResponse('a line of a chunk that is too long');
    if (end === -1) return undefined;
    if (line.at(-2) !== CR) throw new MalformedResponse('a line of a chunk that does not end with CRLF');
    this.#line.clear();
    return line.toString('latin1', 0, line.length - 2);
  }

  /** @returns whether it was the last line */
  #take(line: string): boolean {
    if (this.#state === 'trailer') {
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > MAX_TRAILER_BYTES) throw new MalformedResponse('trailers that are too long');
      return line === '';
    }
    if (this.#state === 'data-end') {
      if (line !== '') throw new MalformedResponse('a chunk that is longer than it says');
      this.#state = 'size';
      return false;
    }
    const size = SIZE.exec(line)?.[1];
    if (size === undefined) throw new MalformedResponse('a chunk without a length');
    this.#left = Number.parseInt(size, 16);
    if (this.#body.length + this.#left > this.#maxBytes) throw tooLong(this.#maxBytes);
    this.#state = this.#left === 0 ? 'trailer' : 'data';
    return false;
  }
}
