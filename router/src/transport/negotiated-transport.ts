import { once } from 'node:events';
import { connect } from 'node:tls';
import { tlsOptions, type Origin } from './connect-socket.ts';
import { ConnectionLost } from './connection-lost.ts';
import { DeadlinePassed, type Deadline } from './deadline.ts';
import { Http1Transport } from './http1-transport.ts';
import { Http2Transport } from './http2-transport.ts';
import { failureOf, SubgraphFailure } from './subgraph-failure.ts';
import type { PostRequest, SubgraphTransport, TransportOptions } from './subgraph-transport.ts';

/** GraphQL over TLS: HTTP/2 where the server offers it (ALPN, RFC 7301), else HTTP/1.1. */
export class NegotiatedTransport implements SubgraphTransport {
  readonly #options: TransportOptions;
  readonly #origin: Origin;
  #chosen: Promise<SubgraphTransport> | undefined;

  constructor(options: TransportOptions, origin: Origin) {
    this.#options = options;
    this.#origin = origin;
  }

  async post<T>(request: PostRequest<T>): Promise<T> {
    const chosen = (this.#chosen ??= this.#choose(request.deadline));
    let transport: SubgraphTransport | undefined;
    try {
      transport = await chosen;
      return await transport.post(request);
    } catch (error) {
      const isUnreachable = error instanceof SubgraphFailure && error.reason === 'unreachable';
      // Whoever answers there next may speak something else.
      if ((isUnreachable || !transport) && this.#chosen === chosen) {
        this.#chosen = undefined;
        void transport?.close();
      }
      throw transport ? error : failureOf(this.#options.subgraph, error as Error);
    }
  }

  async close(): Promise<void> {
    const transport = await this.#chosen?.catch(() => undefined);
    await transport?.close();
  }

  /** @throws ConnectionLost, DeadlinePassed */
  async #choose({ at }: Deadline): Promise<SubgraphTransport> {
    const { host, port } = this.#origin;
    const socket = connect({ host, port, ...tlsOptions(this.#origin, ['h2', 'http/1.1']) });
    try {
      const signal = AbortSignal.timeout(Math.max(1, Math.ceil(at - performance.now())));
      await once(socket, 'secureConnect', { signal });
      const Transport = socket.alpnProtocol === 'h2' ? Http2Transport : Http1Transport;
      return new Transport(this.#options, this.#origin);
    } catch (error) {
      if ((error as Error).name === 'AbortError') throw new DeadlinePassed('no TLS in time', { cause: error });
      throw new ConnectionLost('not-sent', (error as Error).message, { cause: error });
    } finally {
      socket.on('error', () => {}).destroy();
    }
  }
}
