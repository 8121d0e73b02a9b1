import type { WebSocket } from 'ws';
import type { JsonObject } from '../compile/own.ts';

/**
 * Writes to one client. While more is on its way than may be, nothing is read from it either: whoever takes no answers
 * can't ask for more of them.
 */
export class ClientWriter {
  readonly #socket: WebSocket;
  readonly #mostBytes: number;
  readonly #onTaken: () => void;

  /** @param onTaken the client has taken something */
  constructor(socket: WebSocket, mostBytes: number, onTaken: () => void) {
    this.#socket = socket;
    this.#mostBytes = mostBytes;
    this.#onTaken = onTaken;
  }

  /** Bytes that are on their way. */
  get sendingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  isOpen(): boolean {
    return this.#socket.bufferedAmount < this.#mostBytes;
  }

  send(message: JsonObject): void {
    this.#write(JSON.stringify(message));
  }

  /** @param text of a GraphQL response, put into the message as it is */
  sendNext(id: string, text: string): void {
    this.#write(`{"id":${JSON.stringify(id)},"type":"next","payload":${text}}`);
  }

  #write(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(text, (error) => {
      if (!error) this.#taken();
    });
    if (!this.isOpen()) this.#socket.pause();
  }

  #taken(): void {
    this.#onTaken();
    if (this.#socket.isPaused && this.isOpen()) this.#socket.resume();
  }
}
