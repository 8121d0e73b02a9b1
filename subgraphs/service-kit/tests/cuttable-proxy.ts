import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** Stands between a client and a server, so that a test can take the server away from that client and give it back. */
export class CuttableProxy {
  readonly #sockets = new Set<Socket>();
  #cut = false;
  #delayMs = 0;

  private constructor(
    /** The server's URL, by way of the proxy. */
    readonly url: string,
    private readonly server: ReturnType<typeof createServer>,
  ) {}

  static async before(target: string): Promise<CuttableProxy> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(target);
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const proxy = new CuttableProxy(url.href, server);
    server.on('connection', (client) => proxy.#join(client, connect(Number(port), hostname)));
    return proxy;
  }

  /** Ends every connection and refuses new ones until `restore`. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#cut = false;
  }

  /** Passes nothing on any more, and lets the connections stand. */
  hold(): void {
    for (const socket of this.#sockets) socket.unpipe();
  }

  /** From now on what the server says arrives so many milliseconds later, in its order. */
  delayAnswers(ms: number): void {
    this.#delayMs = ms;
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  /** Timers of one length end in the order in which they began. */
  #delay(): Transform {
    const delay = new Transform({
      transform: (chunk: Buffer, _encoding, taken) => {
        setTimeout(() => delay.push(chunk), this.#delayMs);
        taken();
      },
      flush: (done) => {
        setTimeout(done, this.#delayMs);
      },
    });
    return delay;
  }

  #join(client: Socket, upstream: Socket): void {
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        // The last words of a server that has ended are on their way, and end the connection behind them.
        if (socket === client || !upstream.readableEnded) other.destroy();
      });
    }
    client.pipe(upstream);
    upstream.pipe(this.#delay()).pipe(client);
    if (this.#cut) client.destroy();
  }
}
