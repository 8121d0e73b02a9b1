// @apollo/server's own plugin ends connections on which no request has come yet: a request that is on its way is then
// executed, and its answer lost.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface DrainOptions {
  /** How long a connection may take to bring its first request, milliseconds. */
  readonly firstRequestMs?: number;
  /** How long all requests may take, milliseconds. */
  readonly graceMs?: number;
}

/**
 * Lets an HTTP server finish what it has begun. From then on it takes no connections, and each answer says that the
 * connection closes (`Connection: close`, RFC 9112 §9.6), so clients send nothing more over it.
 * @param server from its start on
 * @returns closes the server: when every request that came over its connections is answered, or the time is up
 */
export function drainable(
  server: Server,
  { firstRequestMs = 1_000, graceMs = 10_000 }: DrainOptions = {},
): () => Promise<void> {
  const sockets = new Set<Socket>();
  /** Of them, those that brought no request yet. */
  const unused = new Set<Socket>();
  const underWay = new Set<ServerResponse>();
  let isDraining = false;
  const announce = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };
  server.on('connection', (socket) => {
    sockets.add(socket);
    unused.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      unused.delete(socket);
    });
  });
  server.on('upgrade', ({ socket }: IncomingMessage) => unused.delete(socket));
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    unused.delete(socket);
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
    if (isDraining) announce(response);
  });
  return async () => {
    isDraining = true;
    for (const response of underWay) announce(response);
    const timers = [
      destroyLater(unused, firstRequestMs),
      // Upgraded ones too, which the server knows no more.
      destroyLater(sockets, graceMs),
    ];
    // Connections that are idle between two requests are closed at once.
    await new Promise<void>((closed) => server.close(() => closed()));
    for (const timer of timers) clearTimeout(timer);
  };
}

const destroyLater = (sockets: ReadonlySet<Socket>, ms: number): NodeJS.Timeout =>
  setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, ms);
