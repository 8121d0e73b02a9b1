import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** How the network behaves at the moment. */
export type Weather =
  | { kind: 'fair' }
  /** Each chunk arrives later by `ms` plus or minus `jitterMs`, in order. */
  | { kind: 'latency'; ms: number; jitterMs: number }
  /** Nothing arrives, and nobody is told. What was sent arrives when it is over, as TCP would send it again. */
  | { kind: 'black hole' }
  | { kind: 'slow'; bytesPerSecond: number };

const FAIR: Weather = { kind: 'fair' };
const MOST_QUEUED_BYTES = 1_000_000;

/** Stands between the services and one server, and makes its own weather. */
export class TcpProxy {
  readonly #server: Server;
  readonly #target: { host: string; port: number };
  readonly #pipes = new Set<Pipe>();
  readonly #sockets = new Set<Socket>();
  #weather: Weather = FAIR;

  private constructor(server: Server, target: { host: string; port: number }) {
    this.#server = server;
    this.#target = target;
  }

  static async open(target: { host: string; port: number }): Promise<TcpProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new TcpProxy(server, target);
    server.on('connection', (client) => proxy.#join(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Changes the weather, also for what is under way. */
  become(weather: Weather): void {
    this.#weather = weather;
    for (const pipe of this.#pipes) pipe.become(weather);
  }

  /** Ends every connection with a reset; new ones are welcome. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #join(client: Socket): void {
    const server = connect({ ...this.#target, noDelay: true });
    const pipes = [new Pipe(client, server, this.#weather), new Pipe(server, client, this.#weather)];
    for (const pipe of pipes) this.#pipes.add(pipe);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        for (const pipe of pipes) {
          pipe.end();
          this.#pipes.delete(pipe);
        }
        other.destroy();
      });
    }
  }
}

/** One direction of one connection. */
class Pipe {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #queue: { chunk: Buffer; dueAt: number }[] = [];
  #weather: Weather;
  #queuedBytes = 0;
  #lastDueAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, weather: Weather) {
    this.#from = from;
    this.#to = to;
    this.#weather = weather;
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('end', () => to.end());
    to.on('drain', () => this.#maybeResume());
  }

  become(weather: Weather): void {
    this.#weather = weather;
    // What waits, waits by the new rule.
    this.#lastDueAt = 0;
    for (const waiting of this.#queue) waiting.dueAt = this.#dueAt(waiting.chunk);
    this.#deliver();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #take(chunk: Buffer): void {
    if (this.#weather.kind === 'fair' && this.#queue.length === 0) {
      if (!this.#to.write(chunk)) this.#from.pause();
      return;
    }
    this.#queue.push({ chunk, dueAt: this.#dueAt(chunk) });
    this.#queuedBytes += chunk.length;
    if (this.#queuedBytes > MOST_QUEUED_BYTES) this.#from.pause();
    this.#deliver();
  }

  #dueAt(chunk: Buffer): number {
    const now = performance.now();
    const earliest = Math.max(this.#lastDueAt, now);
    switch (this.#weather.kind) {
      case 'fair':
        return now;
      case 'latency': {
        const { ms, jitterMs } = this.#weather;
        this.#lastDueAt = Math.max(this.#lastDueAt, now + ms + (Math.random() * 2 - 1) * jitterMs);
        return this.#lastDueAt;
      }
      case 'black hole':
        return Number.POSITIVE_INFINITY;
      case 'slow':
        this.#lastDueAt = earliest + (chunk.length / this.#weather.bytesPerSecond) * 1_000;
        return this.#lastDueAt;
      default:
        return this.#weather satisfies never;
    }
  }

  #deliver(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    for (let [first] = this.#queue; first && first.dueAt <= now; [first] = this.#queue) {
      this.#queue.shift();
      this.#queuedBytes -= first.chunk.length;
      if (!this.#to.destroyed) this.#to.write(first.chunk);
    }
    this.#maybeResume();
    const next = this.#queue[0];
    if (next && next.dueAt !== Number.POSITIVE_INFINITY) {
      this.#timer = setTimeout(() => this.#deliver(), Math.max(1, next.dueAt - now));
    }
  }

  #maybeResume(): void {
    if (this.#from.isPaused() && this.#queuedBytes <= MOST_QUEUED_BYTES / 2 && !this.#to.writableNeedDrain)
      this.#from.resume();
  }
}
