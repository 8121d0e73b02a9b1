import { originOf } from './connect-socket.ts';
import { Http1Transport } from './http1-transport.ts';
import { Http2Transport } from './http2-transport.ts';
import { NegotiatedTransport } from './negotiated-transport.ts';
import type { SubgraphTransport, TransportOptions } from './subgraph-transport.ts';

/** Whether a subgraph is asked over HTTP/2:
 * - `negotiate`: over TLS, where it offers it (ALPN)
 * - `prior-knowledge`: always, over TLS or in clear text (RFC 9113 §3.3)
 * - `never` */
export type Http2Use = 'negotiate' | 'prior-knowledge' | 'never';

export function openTransport(options: TransportOptions, http2: Http2Use = 'negotiate'): SubgraphTransport {
  const origin = originOf(options.url, options.tls);
  if (http2 === 'prior-knowledge') return new Http2Transport(options, origin);
  return http2 === 'negotiate' && origin.tls
    ? new NegotiatedTransport(options, origin)
    : new Http1Transport(options, origin);
}
