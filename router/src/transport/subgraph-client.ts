import type { SubgraphRequest, SubgraphResponse } from '../compile/subgraph-call.ts';
import { isObject } from '../compile/own.ts';
import { PipelinedTransport } from './pipelined-transport.ts';
import type { HttpResponse } from './response-reader.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { RequestHeaders, SubgraphTransport } from './subgraph-transport.ts';

export interface SubgraphClientOptions {
  readonly name: string;
  /** Where it answers GraphQL over HTTP. */
  readonly url: string;
  /** How long it may take from the request's first byte to the answer's last, milliseconds. */
  readonly timeoutMs: number;
  /** A longer answer is refused. */
  readonly mostBytes: number;
}

/** Keeps connections to one subgraph and asks it. */
export class SubgraphClient {
  readonly name: string;
  readonly url: string;
  readonly #transport: SubgraphTransport | Promise<SubgraphTransport>;
  readonly #timeoutMs: number;

  constructor({ name, url, timeoutMs, mostBytes }: SubgraphClientOptions) {
    this.name = name;
    this.url = url;
    this.#timeoutMs = timeoutMs;
    const options = { subgraph: name, url: new URL(url), timeoutMs, mostBytes };
    this.#transport =
      options.url.protocol === 'http:'
        ? new PipelinedTransport(options)
        : // Loaded only where it is needed: it would take a good part of the start.
          import('./undici-transport.ts').then(({ UndiciTransport }) => new UndiciTransport(options));
  }

  /**
   * Posts a GraphQL request.
   * @param body JSON
   * @param timeoutMs how long it may take, where that is less than always
   * @throws SubgraphFailure unless a GraphQL response came back in time, whatever its status
   */
  ask(
    { body, handOn }: Pick<SubgraphRequest, 'body' | 'handOn'>,
    headers: RequestHeaders,
    timeoutMs = this.#timeoutMs,
  ): Promise<SubgraphResponse> {
    const read = (response: Pick<HttpResponse, 'status' | 'body'>): SubgraphResponse => {
      const written = response.status === 200 ? handOn?.(response.body) : undefined;
      return written ? { written } : this.#read(response.status, response.body.toString('utf8'));
    };
    const post = (transport: SubgraphTransport) => transport.post(body, headers, timeoutMs, read);
    return this.#transport instanceof Promise ? this.#transport.then(post) : post(this.#transport);
  }

  async close(): Promise<void> {
    await (await this.#transport).close();
  }

  #read(status: number, text: string): SubgraphResponse {
    let response: unknown;
    try {
      response = JSON.parse(text);
    } catch {
      throw this.#invalid(`status ${status} and no JSON`);
    }
    if (!isObject(response) || !('data' in response || Array.isArray(response.errors))) {
      throw this.#invalid(`status ${status} and no GraphQL response`);
    }
    const { data, errors: told } = response;
    if (data !== undefined && data !== null && !isObject(data)) throw this.#invalid('"data" is no object');
    if (status >= 500 && !data) throw this.#invalid(`status ${status}`);
    return {
      ...(data !== undefined && { data }),
      ...(Array.isArray(told) && told.length > 0 && { errors: told.filter(isObject) as never }),
    };
  }

  #invalid(what: string): SubgraphFailure {
    return new SubgraphFailure(this.name, 'invalid', what);
  }
}
