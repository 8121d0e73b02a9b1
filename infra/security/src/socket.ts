import WebSocket from 'ws';
import { newAddress } from './address.ts';
import { PATIENCE_MS } from './http.ts';

export interface SocketMessage {
  type: string;
  id?: string;
  payload?: unknown;
}

export interface SocketOptions {
  /** Subprotocols to offer. */
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly from?: string | undefined;
}

/** A WebSocket without manners: says what it is told to, and notes what comes. */
export class RawSocket {
  readonly messages: SocketMessage[] = [];
  /** Status of HTTP, when the upgrade was refused. */
  refusedWith: number | undefined;
  closeCode: number | undefined;
  #changed: (() => void)[] = [];

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)) as SocketMessage);
      this.#tell();
    });
    socket.on('unexpected-response', (_req, res) => {
      this.refusedWith = res.statusCode ?? 0;
      res.destroy();
      this.#tell();
    });
    socket.on('close', (code) => {
      this.closeCode = code;
      this.#tell();
    });
    socket.on('error', () => this.#tell());
  }

  /** Opens a socket, or finds that it is refused. */
  static async open(url: string, { protocols, headers, from = newAddress() }: SocketOptions = {}): Promise<RawSocket> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), [...(protocols ?? ['graphql-transport-ws'])], {
      headers: { ...headers },
      ...(from && { localAddress: from }),
    });
    const raw = new RawSocket(socket);
    socket.on('open', () => raw.#tell());
    await raw.until(() => socket.readyState !== WebSocket.CONNECTING || raw.isOver);
    return raw;
  }

  /** A socket that has said who it is, and may subscribe. */
  static async acknowledged(url: string, token?: string, options: SocketOptions = {}): Promise<RawSocket> {
    const raw = await RawSocket.open(url, options);
    raw.say({ type: 'connection_init', ...(token && { payload: { authorization: `Bearer ${token}` } }) });
    await raw.until(() => raw.isOver || raw.told('connection_ack'));
    return raw;
  }

  get isOver(): boolean {
    return this.closeCode !== undefined || this.refusedWith !== undefined;
  }

  told(type: string, id?: string): boolean {
    return this.messages.some((message) => message.type === type && (id === undefined || message.id === id));
  }

  /** Sends a message; a text or bytes as they are. What can't be sent any more is not. */
  say(message: object | string | Buffer, options: { fin?: boolean } = {}): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const raw = typeof message === 'string' || Buffer.isBuffer(message);
    this.socket.send(raw ? message : JSON.stringify(message), options);
  }

  /** Writes bytes past the library, which would not send them. */
  writePast(bytes: Buffer): void {
    (this.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(bytes);
  }

  subscribe(id: string, query: string, variables: object = {}): void {
    this.say({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** Waits until something is true of it. @throws Error when it does not become so */
  async until(condition: () => boolean): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!condition()) {
      if (performance.now() > deadline) {
        throw new Error(`never true: ${String(condition)}; told ${JSON.stringify(this.messages).slice(0, 1_000)}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.#changed.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Waits for the answer to a ping. @throws Error when the socket is closed */
  async answersPing(): Promise<void> {
    const pongs = () => this.messages.filter(({ type }) => type === 'pong').length;
    const before = pongs();
    this.say({ type: 'ping' });
    await this.until(() => this.isOver || pongs() > before);
    if (this.isOver) throw new Error(`the socket was closed with ${this.closeCode}`);
  }

  /** The code with which the router closes it. @throws Error when it does not */
  async closed(): Promise<number> {
    await this.until(() => this.isOver);
    return this.closeCode ?? 0;
  }

  end(): void {
    this.socket.terminate();
  }

  #tell(): void {
    for (const wake of this.#changed.splice(0)) wake();
  }
}
