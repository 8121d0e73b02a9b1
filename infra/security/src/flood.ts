import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { brokenFrames, hostileEvent } from './hostile-sources.ts';

/** More is not put into a socket before some of it has gone. */
const MOST_BUFFERED = 1_000_000;

/** Between the events of who is told of one now and then, milliseconds. */
const EVERY_MS = 20;

/**
 * The subscriptions of a hostile subgraph: events as fast as they are taken, until nobody wants them any more; or, by
 * what is asked for, one now and then, or a message that breaks the protocol.
 */
export class Flood {
  readonly #sockets: WebSocketServer;
  #open = 0;
  #opened = 0;

  constructor(server: Server) {
    this.#sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
    this.#sockets.on('connection', (socket) => this.#serve(socket));
  }

  /** Subscriptions that were opened so far. */
  get opened(): number {
    return this.#opened;
  }

  /** Subscriptions that are open. */
  get open(): number {
    return this.#open;
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #serve(socket: WebSocket): void {
    const ids = new Set<string>();
    const leave = (id: string): void => {
      if (ids.delete(id)) this.#open -= 1;
    };
    socket.on('message', (data) => {
      const { type, id = '', payload } = JSON.parse(String(data)) as { type: string; id?: string; payload?: unknown };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type === 'ping') socket.send('{"type":"pong"}');
      if (type === 'complete') leave(id);
      if (type !== 'subscribe') return;
      ids.add(id);
      this.#open += 1;
      this.#opened += 1;
      const wanted = /"?\bid"?:\s*"([a-z-]+)"/.exec(JSON.stringify(payload).replaceAll('\\"', '"'))?.[1] ?? '';
      if (Object.hasOwn(brokenFrames, wanted)) {
        for (const frame of brokenFrames[wanted]?.(id) ?? []) socket.send(frame);
        leave(id);
        return;
      }
      const text = JSON.stringify({ id, type: 'next', payload: hostileEvent });
      if (wanted === 'steady') {
        const timer = setInterval(() => (ids.has(id) ? socket.send(text) : clearInterval(timer)), EVERY_MS);
        return;
      }
      const pour = (): void => {
        if (!ids.has(id) || socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount < MOST_BUFFERED) socket.send(text);
        setImmediate(pour);
      };
      pour();
    });
    socket.on('close', () => {
      for (const id of ids) leave(id);
    });
  }
}
