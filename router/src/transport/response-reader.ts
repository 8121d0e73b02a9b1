import { GrowingBuffer } from './growing-buffer.ts';
import { MalformedResponse } from './malformed-response.ts';
import { readerOf, type BodyReader } from './response-body.ts';
import { parseHead, type ResponseHead } from './response-head.ts';

/** One HTTP response. */
export interface HttpResponse {
  readonly status: number;
  /** Read it at once: the bytes may lie where the next response is received. */
  readonly body: Buffer;
}

/** A response of HTTP/1.1, and what it says of its connection. */
export interface Http1Response extends HttpResponse, Pick<ResponseHead, 'keepAlive' | 'idleMs' | 'maxRequests'> {}

const MAX_HEAD_BYTES = 65_536;
const HEAD_END = Buffer.from('\r\n\r\n');

/** Reads one response (RFC 9112), however its bytes are cut. Interim responses (1xx) before it are skipped. */
export class ResponseReader {
  readonly #maxBytes: number;
  /** The part of a head that has come. */
  #partialHead: GrowingBuffer | undefined;
  #head: ResponseHead | undefined;
  #body: BodyReader | undefined;

  /** @param maxBytes a longer body is refused */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * @param bytes what has just come
   * @returns the response once it is whole. Bytes after it are nobody's: `keepAlive` is false then.
   * @throws MalformedResponse
   */
  read(bytes: Buffer): Http1Response | undefined {
    let rest = bytes;
    while (!this.#body) {
      const after = this.#readHead(rest);
      if (!after) return undefined;
      rest = after;
    }
    const whole = this.#body.read(rest);
    return whole && this.#finish(whole.bytes, whole.excess > 0);
  }

  /** The connection has ended. @returns the response where that is its end */
  end(): Http1Response | undefined {
    const body = this.#body?.end();
    return body && this.#finish(body, false);
  }

  #finish(body: Buffer, hasExcess: boolean): Http1Response | undefined {
    const head = this.#head;
    return head && { ...head, body, keepAlive: head.keepAlive && !hasExcess };
  }

  /** @returns what comes after the head, once that is whole */
  #readHead(bytes: Buffer): Buffer | undefined {
    let head = bytes;
    let searchFrom = 0;
    if (this.#partialHead) {
      searchFrom = Math.max(0, this.#partialHead.length - HEAD_END.length);
      this.#partialHead.append(bytes);
      head = this.#partialHead.view();
    }
    const end = head.indexOf(HEAD_END, searchFrom);
    if ((end === -1 ? head.length : end) > MAX_HEAD_BYTES) throw new MalformedResponse('a head without an end');
    if (end === -1) {
      if (!this.#partialHead) {
        this.#partialHead = new GrowingBuffer();
        this.#partialHead.append(bytes);
      }
      return undefined;
    }
    this.#partialHead = undefined;
    const parsed = parseHead(head.toString('latin1', 0, end));
    if (parsed.status === 101) throw new MalformedResponse('a change of protocol that nobody asked for');
    if (parsed.status >= 200) {
      this.#head = parsed;
      this.#body = readerOf(parsed.framing, this.#maxBytes);
    }
    return head.subarray(end + HEAD_END.length);
  }
}
