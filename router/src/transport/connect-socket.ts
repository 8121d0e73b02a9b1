import { connect, isIP, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

/** What has just been received, over whichever connection: it is read before anything else comes. No read allocates another. */
const RECEIVED = Buffer.allocUnsafeSlow(65_536);

/** Where a subgraph is. */
export interface Origin {
  readonly host: string;
  readonly port: number;
  /** Over TLS, with these options. */
  readonly tls?: Pick<ConnectionOptions, 'ca'> | undefined;
  /** The last TLS session: with it the next handshake takes less. */
  session?: Buffer;
}

/** @param tls of servers over TLS: whom to trust, where that is not only what Node trusts */
export function originOf(url: URL, tls: Origin['tls'] = {}): Origin {
  const isSecure = url.protocol === 'https:';
  return {
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: Number(url.port || (isSecure ? 443 : 80)),
    ...(isSecure && { tls }),
  };
}

/** Opens a socket that hands over what it receives. @param onBytes reads them at once */
export function connectSocket(origin: Origin, onBytes: (bytes: Buffer) => void): Socket {
  const { host, port, tls, session } = origin;
  const onread: OnReadOpts = {
    buffer: RECEIVED,
    callback: (count) => {
      onBytes(RECEIVED.subarray(0, count));
      return true;
    },
  };
  const options = { host, port, noDelay: true, keepAlive: true, onread };
  if (!tls) return connect(options);
  const socket = connectTls({ ...options, ...tlsOptions(origin, ['http/1.1']), ...(session && { session }) });
  return socket.on('session', (next) => (origin.session = next));
}

/** @param protocols that the client speaks (ALPN), the best first */
export function tlsOptions({ host, tls }: Pick<Origin, 'host' | 'tls'>, protocols: string[]): ConnectionOptions {
  return { ...tls, ALPNProtocols: protocols, ...(isIP(host) === 0 && { servername: host }) };
}
