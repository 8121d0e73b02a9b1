import type { Origin } from './connect-socket.ts';
import type { Deadline } from './deadline.ts';
import type { HttpResponse } from './response-reader.ts';

export interface TransportOptions {
  readonly subgraph: string;
  readonly url: URL;
  /** How long a request usually may take to be answered whole, milliseconds. */
  readonly timeoutMs: number;
  /** A longer answer is refused. */
  readonly maxBytes: number;
  /** No more requests than that are under way at a time: whoever asks sees to it. */
  readonly maxConnections: number;
  /** A request is sent once more, because the connection that it was sent over turned out to be closed. */
  readonly onRepeat?: () => void;
  /** Whom to trust over TLS, where that is not only what Node trusts. */
  readonly tls?: Origin['tls'];
}

/** Of one client request, for all the requests to subgraphs that come of it; as a record and as a part of an HTTP head. */
export class RequestHeaders {
  /** One line each. */
  readonly text: string;
  readonly isAscii: boolean;

  constructor(readonly record: Readonly<Record<string, string>>) {
    let text = '';
    for (const name in record) text += `${name}: ${record[name]}\r\n`;
    this.text = text;
    this.isAscii = Buffer.byteLength(text) === text.length;
  }
}

export interface PostRequest<T> {
  /** JSON. */
  readonly body: string;
  readonly headers: RequestHeaders;
  readonly deadline: Deadline;
  /** Whether it may be sent again when nobody knows whether it arrived. */
  readonly isIdempotent: boolean;
  /** Makes of the response what is answered; the response is its own for no longer. */
  readonly read: (response: HttpResponse) => T;
}

/** How requests reach one subgraph. */
export interface SubgraphTransport {
  /**
   * @throws SubgraphFailure: `unreachable`, `timeout`, or `invalid` for what is no HTTP response or too long; what `read`
   *   throws
   */
  post<T>(request: PostRequest<T>): Promise<T>;
  /** What is under way is answered first, or fails by its deadline. */
  close(): Promise<void>;
}
