import type { SubgraphRequest, SubgraphResponse } from '../compile/subgraph-call.ts';
import type { Deadline } from './deadline.ts';
import { openTransport, type Http2Use } from './open-transport.ts';
import { readAnswer } from './read-answer.ts';
import type { HttpResponse } from './response-reader.ts';
import type { RequestHeaders, SubgraphTransport, TransportOptions } from './subgraph-transport.ts';

export interface SubgraphClientOptions extends Omit<TransportOptions, 'subgraph' | 'url'> {
  readonly name: string;
  /** Where it answers GraphQL over HTTP. */
  readonly url: string;
  readonly http2?: Http2Use | undefined;
}

/** Keeps connections to one subgraph and asks it. */
export class SubgraphClient {
  readonly name: string;
  readonly url: string;
  readonly #transport: SubgraphTransport;

  constructor({ name, url, http2, ...options }: SubgraphClientOptions) {
    this.name = name;
    this.url = url;
    this.#transport = openTransport({ ...options, subgraph: name, url: new URL(url) }, http2);
  }

  /**
   * Posts a GraphQL request.
   * @param read what is made of the response
   * @throws SubgraphFailure unless a response came in time; what `read` throws
   */
  ask<T>(
    { body, kind }: Pick<SubgraphRequest, 'body' | 'kind'>,
    headers: RequestHeaders,
    deadline: Deadline,
    read: (response: HttpResponse) => T,
  ): Promise<T> {
    return this.#transport.post({ body, headers, deadline, isIdempotent: kind === 'query', read });
  }

  /** Makes a GraphQL response of what came. @throws SubgraphFailure (`invalid`) */
  read({ handOn }: Pick<SubgraphRequest, 'handOn'>, { status, body }: HttpResponse): SubgraphResponse {
    const written = status === 200 ? handOn?.(body) : undefined;
    return written ? { written } : readAnswer(this.name, status, body);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }
}
