import { Pool, errors } from 'undici';
import type { SubgraphResponse } from '../compile/subgraph-call.ts';
import { isObject } from '../compile/own.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

export interface SubgraphClientOptions {
  readonly name: string;
  /** Where it answers GraphQL over HTTP. */
  readonly url: string;
  /** How long it may take from the request's first byte to the answer's last, milliseconds. */
  readonly timeoutMs: number;
  /** A longer answer is refused. */
  readonly mostBytes: number;
}

/** Requests of one connection may wait for each other's answers: a subgraph answers in order. */
const CONNECTIONS = 32;

/** Keeps connections to one subgraph and asks it. */
export class SubgraphClient {
  readonly name: string;
  readonly url: string;
  readonly #path: string;
  readonly #pool: Pool;
  readonly #options: SubgraphClientOptions;

  constructor(options: SubgraphClientOptions) {
    const url = new URL(options.url);
    this.name = options.name;
    this.url = options.url;
    this.#options = options;
    this.#path = url.pathname + url.search;
    this.#pool = new Pool(url.origin, {
      connections: CONNECTIONS,
      keepAliveTimeout: 4_000, // Node's servers close idle connections after 5 s
      connect: { timeout: options.timeoutMs },
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
    });
  }

  /**
   * Posts a GraphQL request.
   * @param body JSON
   * @throws SubgraphFailure unless a GraphQL response came back in time, whatever its status
   */
  async ask(body: string, headers: Readonly<Record<string, string>>): Promise<SubgraphResponse> {
    const signal = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const response = await this.#pool.request({
        method: 'POST',
        path: this.#path,
        headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
        body,
        signal,
      });
      const length = Number(response.headers['content-length']);
      if (length > this.#options.mostBytes) {
        response.body.destroy();
        throw this.#invalid(`an answer of ${length} bytes`);
      }
      return this.#read(response.statusCode, await this.#text(response.body, length));
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #text(body: AsyncIterable<Buffer> & { text(): Promise<string> }, length: number): Promise<string> {
    if (Number.isFinite(length)) return body.text();
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > this.#options.mostBytes)
        throw this.#invalid(`an answer of more than ${this.#options.mostBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
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

  #failure(error: unknown): SubgraphFailure {
    if (error instanceof SubgraphFailure) return error;
    const timedOut =
      (error as Error).name === 'TimeoutError' ||
      error instanceof errors.HeadersTimeoutError ||
      error instanceof errors.BodyTimeoutError;
    return timedOut
      ? new SubgraphFailure(this.name, 'timeout', `no answer within ${this.#options.timeoutMs} ms`, { cause: error })
      : new SubgraphFailure(this.name, 'unreachable', (error as Error).message, { cause: error });
  }
}
