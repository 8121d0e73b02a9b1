import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Random, seedOf } from '../../../infra/fuzz/src/random.ts';
import { cutDelivery, deliver, wholeDelivery, type Delivery } from './hostile-delivery.ts';
import { framed, misframed } from './hostile-http.ts';
import { hostileResponse, hostileText } from './hostile-json.ts';

/** What a subgraph does with one request. */
interface Attack {
  readonly bytes: Buffer;
  readonly delivery: Delivery;
  readonly body: string;
  /** Whether the response is the honest one, told in an unusual way. */
  readonly isHarmless: boolean;
}

/** A subgraph that answers the requests of some inputs in whatever way their seeds say, and all others honestly. */
export class HostileSubgraph {
  readonly #server: Server;
  readonly #answer: (request: string) => Promise<object>;
  readonly #sockets = new Set<Socket>();
  /** Seeds by input. */
  readonly #attacks = new Map<number, number>();
  /** What was sent for an input. */
  readonly #sent = new Map<number, Attack[]>();
  /** How often the request of an input came. */
  readonly #asked = new Map<number, number>();

  constructor(answer: (request: string) => Promise<object>) {
    this.#answer = answer;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket.setNoDelay());
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => {});
      this.#serve(socket);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** From now on. */
  attack(input: number, runSeed: number): void {
    this.#attacks.set(input, seedOf(runSeed, input));
  }

  /** @returns what was done, and how often it was asked */
  relent(input: number): { attacks: readonly Attack[]; asked: number } {
    const done = { attacks: this.#sent.get(input) ?? [], asked: this.#asked.get(input) ?? 0 };
    for (const known of [this.#attacks, this.#sent, this.#asked]) known.delete(input);
    return done;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }

  #serve(socket: Socket): void {
    let received = '';
    let before = Promise.resolve();
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (;;) {
        const headEnd = received.indexOf('\r\n\r\n');
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, headEnd))?.[1] ?? 0);
        if (headEnd === -1 || received.length < headEnd + 4 + length) return;
        const request = Buffer.from(received.slice(headEnd + 4, headEnd + 4 + length), 'latin1').toString('utf8');
        received = received.slice(headEnd + 4 + length);
        before = before.then(() => this.#respond(socket, request));
      }
    });
  }

  async #respond(socket: Socket, request: string): Promise<void> {
    const input = Number(/"n":(\d+)/.exec(request)?.[1] ?? -1);
    this.#asked.set(input, (this.#asked.get(input) ?? 0) + 1);
    const honest = await this.#answer(request);
    const seed = this.#attacks.get(input);
    if (seed === undefined) {
      this.#asked.delete(input);
      const body = JSON.stringify(honest);
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      return;
    }
    const attack = attackOf(honest, new Random(seed));
    const sent = this.#sent.get(input) ?? [];
    this.#sent.set(input, [...sent, attack]);
    await deliver(socket, attack.bytes, attack.delivery);
  }
}

function attackOf(honest: object, random: Random): Attack {
  const text = JSON.stringify(honest);
  const status = random.pick([200, 200, 200, 201, 400, 404, 500, 503]);
  switch (random.int(5)) {
    case 0: {
      const body = random.chance(0.3) ? `\uFEFF${text}` : text;
      const bytes = framed(Buffer.from(body), status, random);
      return { bytes, delivery: wholeDelivery(bytes, random), body, isHarmless: true };
    }
    case 1: {
      const body = JSON.stringify(hostileResponse(honest, random)) ?? '';
      const bytes = framed(Buffer.from(body), status, random);
      return { bytes, delivery: wholeDelivery(bytes, random), body, isHarmless: false };
    }
    case 2: {
      const body = hostileText(text, random);
      const bytes = framed(Buffer.from(body, random.chance(0.1) ? 'latin1' : 'utf8'), status, random);
      return { bytes, delivery: wholeDelivery(bytes, random), body, isHarmless: false };
    }
    case 3: {
      const bytes = misframed(Buffer.from(text), random);
      // All at once and then the end: bytes that come late would be taken for the next answer, as HTTP/1.1 has it, and
      // what is left open would be waited for.
      const delivery = { cuts: [], pauseMs: 0, after: 'end' as const, length: bytes.length };
      return { bytes, delivery, body: text, isHarmless: false };
    }
    default: {
      const bytes = framed(Buffer.from(text), status, random);
      return { bytes, delivery: cutDelivery(bytes, random), body: text, isHarmless: false };
    }
  }
}
