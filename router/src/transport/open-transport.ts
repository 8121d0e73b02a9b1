import { originOf } from './connect-socket.ts';
import { Http1Transport } from './http1-transport.ts';
import type { SubgraphTransport, TransportOptions } from './subgraph-transport.ts';

/** Whether a subgraph is asked over HTTP/2:
 * - `negotiate`: over TLS, where it offers it (ALPN)
 * - `prior-knowledge`: always, over TLS or in clear text (RFC 9113 §3.3)
 * - `never` */
export type Http2Use = 'negotiate' | 'prior-knowledge' | 'never';

export function openTransport(options: TransportOptions, _http2: Http2Use = 'negotiate'): SubgraphTransport {
  return new Http1Transport(options, originOf(options.url, options.tls));
}
