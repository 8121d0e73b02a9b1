import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server on bare sockets that keeps what it was sent, by connection, and sends what the test says. */
export class ScriptedServer {
  readonly sockets: Socket[] = [];
  readonly #received: string[] = [];
  readonly #server: Server;
  #changed = () => {};

  private constructor() {
    this.#server = createServer((socket) => {
      const index = this.sockets.push(socket) - 1;
      this.#received[index] = '';
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        this.#received[index] += String(bytes);
        this.#changed();
      });
      socket.on('close', () => this.#changed());
      this.#changed();
    });
  }

  static async open(): Promise<ScriptedServer> {
    const scripted = new ScriptedServer();
    await new Promise<void>((listening) => scripted.#server.listen(0, '127.0.0.1', listening));
    return scripted;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`);
  }

  /** The bodies that came over each connection, in order. */
  get bodies(): readonly string[][] {
    return this.#received.map((text) =>
      text
        .split('POST ')
        .slice(1)
        .map((request) => request.split('\r\n\r\n')[1] ?? ''),
    );
  }

  get requests(): number {
    return this.bodies.flat().length;
  }

  /** Connections that are open. */
  get open(): number {
    return this.sockets.filter(({ destroyed }) => !destroyed).length;
  }

  async until(enough: () => boolean): Promise<void> {
    while (!enough()) await new Promise<void>((changed) => (this.#changed = changed));
  }

  /** @param head further field lines, each with its end */
  answer(connection: number, body: string, head = ''): void {
    this.sockets[connection]?.write(
      `HTTP/1.1 200 OK\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }
}
