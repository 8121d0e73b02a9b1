/** One HTTP response. */
export interface HttpResponse {
  readonly status: number;
  /** Whoever is given it reads it at once: the bytes may be where the next response is received. */
  readonly body: Buffer;
  /** Whether the connection may be used again. */
  readonly keepAlive: boolean;
}

/** What a server sends is no HTTP/1.1 response, or is longer than it may be. */
export class MalformedResponse extends Error {
  override readonly name = 'MalformedResponse';
}

const MOST_HEAD_BYTES = 65_536;
const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

type Body =
  | { readonly kind: 'length'; readonly length: number; part?: { readonly bytes: Buffer; filled: number } }
  | { readonly kind: 'chunked'; readonly chunks: Buffer[]; size: number }
  | { readonly kind: 'until-close'; readonly chunks: Buffer[]; size: number };

interface Head {
  readonly status: number;
  readonly keepAlive: boolean;
  readonly body: Body;
}

/**
 * Reads the responses of one connection (RFC 9112), one after the other, however their bytes are cut. What it answers
 * with is a response whose body has been read to its end.
 */
export class ResponseReader {
  readonly #mostBytes: number;
  /** Not read yet. */
  #bytes: Buffer = NOTHING;
  /** Whether they are the caller's. */
  #borrowed = false;
  #head: Head | undefined;

  /** @param mostBytes a longer body is refused */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** @param bytes the caller's own again when `next` has answered nothing */
  push(bytes: Buffer): void {
    this.#borrowed = this.#bytes.length === 0;
    this.#bytes = this.#borrowed ? bytes : Buffer.concat([this.#bytes, bytes]);
  }

  /**
   * The next response, if all of it has come.
   * @throws MalformedResponse; nothing can be read of the connection then
   */
  next(): HttpResponse | undefined {
    const response = this.#next();
    if (!response && this.#borrowed) {
      if (this.#bytes.length > 0) this.#bytes = Buffer.from(this.#bytes);
      this.#borrowed = false;
    }
    return response;
  }

  #next(): HttpResponse | undefined {
    while (!this.#head) {
      const head = this.#readHead();
      if (!head) return undefined;
      // Interim responses (1xx) come before the one that counts.
      if (head.status >= 200) this.#head = head;
    }
    const body = this.#readBody(this.#head.body);
    return body === undefined ? undefined : this.#finish(this.#head, body);
  }

  /** The connection has ended: what was to be read until then is whole. */
  end(): HttpResponse | undefined {
    const head = this.#head;
    if (head?.body.kind !== 'until-close') return undefined;
    this.#readBody(head.body);
    return this.#finish(head, Buffer.concat(head.body.chunks));
  }

  #finish({ status, keepAlive }: Head, body: Buffer): HttpResponse {
    this.#head = undefined;
    return { status, keepAlive, body };
  }

  #readHead(): Head | undefined {
    const end = this.#bytes.indexOf(HEAD_END);
    if (end === -1) {
      if (this.#bytes.length > MOST_HEAD_BYTES) throw new MalformedResponse('a head without an end');
      return undefined;
    }
    const text = this.#bytes.toString('latin1', 0, end);
    this.#skip(end + HEAD_END.length);
    const version = /^HTTP\/1\.([01]) (\d{3})(?: |\r|$)/.exec(text);
    if (!version) throw new MalformedResponse('no status line of HTTP/1');
    const status = Number(version[2]);
    const connection = headerOf(text, 'connection')?.toLowerCase();
    const keepAlive = version[1] === '1' ? connection !== 'close' : connection === 'keep-alive';
    const body = this.#bodyOf(text, status);
    return { status, keepAlive: keepAlive && body.kind !== 'until-close', body };
  }

  #bodyOf(head: string, status: number): Body {
    if (status < 200 || status === 204 || status === 304) return { kind: 'length', length: 0 };
    const encoding = headerOf(head, 'transfer-encoding');
    if (encoding !== undefined) {
      if (encoding.toLowerCase() !== 'chunked') throw new MalformedResponse(`the transfer encoding ${encoding}`);
      return { kind: 'chunked', chunks: [], size: 0 };
    }
    const length = headerOf(head, 'content-length');
    if (length === undefined) return { kind: 'until-close', chunks: [], size: 0 };
    if (!/^\d{1,15}$/.test(length)) throw new MalformedResponse('a content-length that is no number');
    this.#checkSize(Number(length));
    return { kind: 'length', length: Number(length) };
  }

  #readBody(body: Body): Buffer | undefined {
    if (body.kind === 'length') return this.#readLength(body);
    if (body.kind === 'until-close') {
      body.size += this.#bytes.length;
      this.#checkSize(body.size);
      body.chunks.push(Buffer.from(this.#bytes));
      this.#bytes = NOTHING;
      return undefined;
    }
    return this.#readChunks(body);
  }

  #readLength(body: Extract<Body, { kind: 'length' }>): Buffer | undefined {
    const { length, part } = body;
    if (!part && this.#bytes.length >= length) {
      const whole = this.#bytes.subarray(0, length);
      this.#skip(length);
      return whole;
    }
    // Comes in several pieces: each is put where it belongs.
    const { bytes, filled } = (body.part = part ?? { bytes: Buffer.allocUnsafeSlow(length), filled: 0 });
    const copied = this.#bytes.copy(bytes, filled);
    this.#skip(copied);
    body.part.filled += copied;
    return body.part.filled === length ? bytes : undefined;
  }

  #skip(count: number): void {
    this.#bytes = this.#bytes.length === count ? NOTHING : this.#bytes.subarray(count);
  }

  #readChunks(body: Extract<Body, { kind: 'chunked' }>): Buffer | undefined {
    for (;;) {
      const lineEnd = this.#bytes.indexOf('\r\n');
      if (lineEnd === -1) {
        if (this.#bytes.length > MOST_HEAD_BYTES) throw new MalformedResponse('a chunk without a length');
        return undefined;
      }
      const size = /^([0-9a-f]{1,8})[ \t]*(?:;|$)/i.exec(this.#bytes.toString('latin1', 0, lineEnd))?.[1];
      if (size === undefined) throw new MalformedResponse('a chunk without a length');
      const length = Number.parseInt(size, 16);
      this.#checkSize(body.size + length);
      if (length === 0) return this.#readTrailers(lineEnd) ? Buffer.concat(body.chunks) : undefined;
      const end = lineEnd + 2 + length;
      if (this.#bytes.length < end + 2) return undefined;
      body.chunks.push(Buffer.from(this.#bytes.subarray(lineEnd + 2, end)));
      body.size += length;
      this.#skip(end + 2);
    }
  }

  /** @param lineEnd of the last chunk's length: an empty line follows, or trailers and an empty line */
  #readTrailers(lineEnd: number): boolean {
    const end = this.#bytes.indexOf(HEAD_END, lineEnd);
    if (end === -1) return false;
    this.#skip(end + HEAD_END.length);
    return true;
  }

  #checkSize(size: number): void {
    if (size > this.#mostBytes) throw new MalformedResponse(`an answer of more than ${this.#mostBytes} bytes`);
  }
}

const HEADERS = {
  connection: /\r\nconnection:[ \t]*([^\r\n]*)/i,
  'content-length': /\r\ncontent-length:[ \t]*([^\r\n]*)/i,
  'transfer-encoding': /\r\ntransfer-encoding:[ \t]*([^\r\n]*)/i,
};

const headerOf = (head: string, name: keyof typeof HEADERS): string | undefined =>
  HEADERS[name].exec(head)?.[1]?.trim();
