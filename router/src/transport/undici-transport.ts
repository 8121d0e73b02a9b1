import { Pool, errors } from 'undici';
import type { HttpResponse } from './response-reader.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { RequestHeaders, SubgraphTransport, TransportOptions } from './subgraph-transport.ts';

/** Requests of one connection may wait for each other's answers: a subgraph answers in order. */
const CONNECTIONS = 32;

/** GraphQL over HTTP by undici: for subgraphs behind TLS. */
export class UndiciTransport implements SubgraphTransport {
  readonly #options: TransportOptions;
  readonly #path: string;
  readonly #pool: Pool;

  constructor(options: TransportOptions) {
    const { url, timeoutMs } = options;
    this.#options = options;
    this.#path = url.pathname + url.search;
    this.#pool = new Pool(url.origin, {
      connections: CONNECTIONS,
      keepAliveTimeout: 4_000, // Node's servers close idle connections after 5 s
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  async post<T>(
    body: string,
    headers: RequestHeaders,
    timeoutMs: number,
    read: (response: Pick<HttpResponse, 'status' | 'body'>) => T,
  ): Promise<T> {
    return read(await this.#request(body, headers, timeoutMs));
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #request(
    body: string,
    headers: RequestHeaders,
    timeoutMs: number,
  ): Promise<Pick<HttpResponse, 'status' | 'body'>> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#pool.request({
        method: 'POST',
        path: this.#path,
        headers: { ...headers.record, 'content-type': 'application/json', accept: 'application/json' },
        body,
        signal,
      });
      const length = Number(response.headers['content-length']);
      if (length > this.#options.mostBytes) {
        response.body.destroy();
        throw this.#tooLong();
      }
      return { status: response.statusCode, body: await this.#bytes(response.body) };
    } catch (error) {
      throw this.#failure(error, timeoutMs);
    }
  }

  async #bytes(body: AsyncIterable<Buffer>): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > this.#options.mostBytes) throw this.#tooLong();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  #tooLong(): SubgraphFailure {
    const { subgraph, mostBytes } = this.#options;
    return new SubgraphFailure(subgraph, 'invalid', `an answer of more than ${mostBytes} bytes`);
  }

  #failure(error: unknown, timeoutMs: number): SubgraphFailure {
    if (error instanceof SubgraphFailure) return error;
    const { subgraph } = this.#options;
    const timedOut =
      (error as Error).name === 'TimeoutError' ||
      error instanceof errors.HeadersTimeoutError ||
      error instanceof errors.BodyTimeoutError;
    return timedOut
      ? new SubgraphFailure(subgraph, 'timeout', `no answer within ${timeoutMs} ms`, { cause: error })
      : new SubgraphFailure(subgraph, 'unreachable', (error as Error).message, { cause: error });
  }
}
