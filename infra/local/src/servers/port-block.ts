import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { isPortFree } from './is-port-free.ts';

/** Ports of one block, the one that reserves it included. */
const SIZE = 100;
const FIRST = 20_000;
/** IANA's dynamic ports begin at 49,152, Linux's usual ephemeral range at 32,768. */
const BELOW = 32_000;
const EPHEMERAL = '/proc/sys/net/ipv4/ip_local_port_range';

export class NoPortBlock extends Error {
  override readonly name = 'NoPortBlock';
}

/**
 * A range of ports that is this holder's alone, for processes that must know each other's ports before they start.
 *
 * The range lies outside the ports that the system gives to outgoing connections, so no connection takes a port between
 * its choice and its use. The holder listens on the first port as long as it has the block; that excludes every other
 * holder on this machine, and the reservation ends with the process, `kill -9` included.
 */
export class PortBlock {
  readonly #reservation: Server;
  readonly #first: number;
  #next = 1;

  private constructor(reservation: Server, first: number) {
    this.#reservation = reservation;
    this.#first = first;
  }

  /** @throws {NoPortBlock} when every block is reserved */
  static async reserve(): Promise<PortBlock> {
    const blocks = blocksOutside(ephemeralRange());
    const offset = Math.floor(Math.random() * blocks.length);
    for (let index = 0; index < blocks.length; index += 1) {
      const first = blocks[(offset + index) % blocks.length]!;
      const reservation = await listenOn(first);
      if (reservation) return new PortBlock(reservation, first);
    }
    throw new NoPortBlock(`every block of ${SIZE} ports from ${FIRST} to ${BELOW} is reserved`);
  }

  /**
   * The next port of the block that nobody listens on.
   * @throws {NoPortBlock} when the block has no more
   */
  async next(): Promise<number> {
    while (this.#next < SIZE) {
      const port = this.#first + this.#next;
      this.#next += 1;
      if (await isPortFree(port)) return port;
    }
    throw new NoPortBlock(`the ports ${this.#first + 1} to ${this.#first + SIZE - 1} are used up`);
  }

  /** So many ports that follow one another. @throws {NoPortBlock} when the block does not have them */
  async span(count: number): Promise<number> {
    for (let run: number[] = []; ;) {
      const port = await this.next();
      run = port === (run.at(-1) ?? 0) + 1 ? [...run, port] : [port];
      if (run.length === count) return run[0]!;
    }
  }

  /** Gives the block back. Whoever still listens on its ports keeps them. */
  release(): void {
    this.#reservation.close();
  }
}

/** The ports that outgoing connections get on this machine, both ends included. */
export function ephemeralRange(): readonly [number, number] {
  if (!existsSync(EPHEMERAL)) return [49_152, 65_535];
  const [low = 32_768, high = 60_999] = readFileSync(EPHEMERAL, 'utf8').trim().split(/\s+/).map(Number);
  return [low, high];
}

function blocksOutside([low, high]: readonly [number, number]): number[] {
  const all = Array.from({ length: Math.floor((BELOW - FIRST) / SIZE) }, (_, index) => FIRST + index * SIZE);
  return all.filter((first) => first + SIZE <= low || first > high);
}

function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy()).unref();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}
