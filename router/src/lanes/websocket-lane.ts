import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { IsAllowedOrigin } from '../http/cors.ts';
import { ClientSocket, type ClientSocketOptions } from './client-socket.ts';

const PROTOCOL = 'graphql-transport-ws';

export interface WebSocketLaneOptions extends ClientSocketOptions {
  /** Pages of other origins are refused: CORS does not guard what a WebSocket lets them read. */
  readonly isAllowedOrigin: IsAllowedOrigin;
}

const refuseUpgrade = (stream: Duplex, status: string): void =>
  void stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);

/** GraphQL over WebSocket (the protocol graphql-transport-ws), for all kinds of operations. */
export class WebSocketLane {
  readonly #options: WebSocketLaneOptions;
  readonly #server: WebSocketServer;
  readonly #sockets = new Set<ClientSocket>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: WebSocketLaneOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: options.settings.mostMessageBytes,
      handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
    });
    this.#heartbeat = setInterval(() => {
      for (const socket of this.#sockets) socket.beat();
    }, options.settings.heartbeatMs).unref();
  }

  attach(http: Server): void {
    http.on('upgrade', (req: IncomingMessage, stream: Duplex, head: Buffer) => {
      stream.on('error', () => stream.destroy());
      if (req.url?.split('?')[0] !== '/graphql') {
        refuseUpgrade(stream, '404 Not Found');
        return;
      }
      const { origin } = req.headers;
      if (origin !== undefined && !this.#options.isAllowedOrigin(origin)) {
        refuseUpgrade(stream, '403 Forbidden');
        return;
      }
      this.#server.handleUpgrade(req, stream, head, (socket) => this.#accept(socket, req));
    });
  }

  /** Closes the connections of a session that has ended. */
  endSession(sessionId: string): void {
    for (const socket of this.#sockets) {
      if (socket.sessionId === sessionId) socket.close(4_403, 'The session of the access token has ended');
    }
  }

  /** Tells every client to come back elsewhere, when what it has asked for is answered. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.#server.close();
    await Promise.all([...this.#sockets].map((socket) => socket.goAway()));
  }

  #accept(socket: WebSocket, req: IncomingMessage): void {
    if (socket.protocol !== PROTOCOL) {
      socket.close(4_406, 'Subprotocol not acceptable');
      return;
    }
    const client = new ClientSocket(socket, req, this.#options);
    this.#sockets.add(client);
    socket.once('close', () => {
      this.#sockets.delete(client);
      client.end();
    });
  }
}
