import type { HttpResponse } from './response-reader.ts';

export interface TransportOptions {
  readonly subgraph: string;
  readonly url: URL;
  /** How long a request may take to be answered whole, milliseconds. */
  readonly timeoutMs: number;
  /** A longer answer is refused. */
  readonly mostBytes: number;
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

/** How requests reach one subgraph. */
export interface SubgraphTransport {
  /**
   * @param body JSON
   * @param read makes of the response what is answered; the response is its own for no longer
   * @throws SubgraphFailure: `unreachable`, `timeout`, or `invalid` for what is no HTTP response or too long; what `read`
   *   throws
   */
  post<T>(
    body: string,
    headers: RequestHeaders,
    timeoutMs: number,
    read: (response: Pick<HttpResponse, 'status' | 'body'>) => T,
  ): Promise<T>;
  close(): Promise<void>;
}
