import { constants, createServer as createHttp2Server, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Random, seedOf } from '../../../infra/fuzz/src/random.ts';

const { NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM, NGHTTP2_ENHANCE_YOUR_CALM } = constants;
const CODES = [NGHTTP2_NO_ERROR, 1, 2, 3, 5, NGHTTP2_REFUSED_STREAM, 8, NGHTTP2_ENHANCE_YOUR_CALM, 13, 99];

/** A frame (RFC 9113 §4.1), whether it makes sense or not. */
function frame(type: number, flags: number, stream: number, payload: Buffer, length = payload.length): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Frames that a server must not send there, or that mean nothing. */
const ODD_FRAMES: readonly ((stream: number, random: Random) => Buffer)[] = [
  (stream) => frame(0xbe, 0xff, stream, Buffer.from('unknown')),
  () => frame(0, 0, 0, Buffer.from('data of no stream')),
  (stream) => frame(0, 8, stream, Buffer.from([200, 1])),
  (stream) => frame(1, 4, stream, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
  (stream) => frame(1, 0, stream, Buffer.from([0x88])),
  (stream) => frame(2, 0, stream, Buffer.alloc(4)),
  (stream) => frame(3, 0, stream + 1_000, Buffer.alloc(4)),
  (stream) => frame(3, 0, stream, Buffer.alloc(3)),
  () => frame(4, 0, 0, Buffer.from([0, 5, 0, 0, 0, 1])),
  () => frame(4, 0, 0, Buffer.from([0, 4, 0xff, 0xff, 0xff, 0xff])),
  () => frame(4, 1, 0, Buffer.from('not empty')),
  (stream) => frame(5, 4, stream, Buffer.from([0, 0, 0, 2, 0x88])),
  () => Buffer.concat(Array.from({ length: 2_000 }, () => frame(6, 0, 0, Buffer.alloc(8)))),
  () => frame(6, 0, 0, Buffer.alloc(7)),
  () => frame(8, 0, 0, Buffer.alloc(4)),
  (stream) => frame(8, 0, stream, Buffer.from([0x7f, 0xff, 0xff, 0xff])),
  (stream) => frame(9, 4, stream, Buffer.from([0x88])),
  (stream) => frame(0, 0, stream, Buffer.alloc(10), 16_777_215),
  () => Buffer.from('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'),
  (_stream, random) => Buffer.from(Array.from({ length: 1 + random.int(100) }, () => random.int(256))),
];

/** A subgraph over HTTP/2 that does with the requests of some inputs what their seeds say, and answers all others. */
export class HostileHttp2 {
  readonly #tcp: Server;
  readonly #http2: Http2Server;
  readonly #sockets = new Set<Socket>();
  /** Seeds by input. */
  readonly #attacks = new Map<number, number>();
  /** How often a request of an input was executed, by what the server says. */
  readonly executed = new Map<number, number>();
  /** So many connections are still attacked as they open. */
  #openings: Random[] = [];
  /** What was done since `attack`. */
  readonly done: string[] = [];

  constructor() {
    this.#http2 = createHttp2Server();
    this.#http2.on('session', (session) => session.on('error', () => {}));
    this.#http2.on('stream', (stream) => this.#read(stream));
    this.#tcp = createServer((socket) => {
      this.#sockets.add(socket.setNoDelay());
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
      const random = this.#openings.pop();
      if (!random) this.#http2.emit('connection', socket);
      else if (random.chance(0.3)) socket.destroy();
      else socket.end(random.pick(ODD_FRAMES)(1, random));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.#tcp.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.#tcp.address() as AddressInfo).port}/graphql`;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** From now on. */
  attack(input: number, runSeed: number): void {
    const seed = seedOf(runSeed, input);
    this.done.length = 0;
    this.#attacks.set(input, seed);
    const random = new Random(seed ^ 2);
    // A request is sent once more at most: a second connection that fails is told.
    if (random.chance(0.1)) this.#openings = [random];
  }

  relent(input: number): void {
    this.#openings = [];
    this.#attacks.delete(input);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#tcp.close(closed));
  }

  #read(stream: ServerHttp2Stream): void {
    let body = '';
    stream.on('error', () => {});
    stream.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    stream.on('end', () => {
      const input = Number(body);
      const seed = this.#attacks.get(input);
      if (seed === undefined) answer(stream, body);
      else this.#attackOne(stream, body, input, new Random(seed));
    });
  }

  #attackOne(stream: ServerHttp2Stream, body: string, input: number, random: Random): void {
    const { session, id = 0 } = stream;
    if (!session || stream.destroyed) return;
    const socket = [...this.#sockets].find(({ remotePort }) => remotePort === session.socket.remotePort);
    const kind = random.int(9);
    const code = random.pick(CODES);
    this.done.push(`attack ${kind}, code ${code}`);
    // By either it says that it has not looked at the request.
    const isIgnored = kind === 2 || (kind === 1 && code === NGHTTP2_REFUSED_STREAM);
    if (!isIgnored) this.executed.set(input, (this.executed.get(input) ?? 0) + 1);
    const begin = (headers = {}) => random.chance(0.5) && stream.respond({ ':status': 200, ...headers });
    if (kind === 0) answer(stream, body, random);
    else if (kind === 1) {
      begin();
      stream.close(code);
    } else if (kind === 2) {
      session.goaway(code, id - 1);
      session.destroy();
    } else if (kind === 3) {
      session.goaway(code, random.pick([id, id + 100, 2 ** 31 - 1]));
      if (random.chance(0.5)) answer(stream, body, random);
      else session.destroy();
    } else if (kind === 4) {
      begin();
      socket?.write(random.pick(ODD_FRAMES)(id, random));
      answer(stream, body, random);
    } else if (kind === 5) {
      begin();
      if (random.chance(0.5)) socket?.resetAndDestroy();
      else socket?.end();
    } else if (kind === 6) {
      stream.respond({ ':status': 200, 'content-length': String(random.int(20)) });
      stream.end(body);
    } else if (kind === 7) {
      stream.respond({ ':status': random.pick([200, 204, 304, 599]) });
      stream.end(random.chance(0.3) ? 'x'.repeat(random.int(200_000)) : '');
    } else {
      session.settings({ maxConcurrentStreams: random.int(3), initialWindowSize: 1 + random.int(10) });
      if (random.chance(0.9)) answer(stream, body, random);
    }
  }
}

/** As it should be, if in unusual pieces. */
function answer(stream: ServerHttp2Stream, body: string, random?: Random): void {
  if (stream.destroyed) return;
  const text = `answer to ${body}`;
  if (!stream.headersSent) {
    if (random?.chance(0.3)) stream.additionalHeaders({ ':status': 103, link: 'x' });
    const waitForTrailers = random?.chance(0.3) ?? false;
    if (waitForTrailers) stream.on('wantTrailers', () => stream.sendTrailers({ 'x-trailer': '1' }));
    stream.respond({ ':status': 200 }, { waitForTrailers });
  }
  if (random?.chance(0.5)) for (const part of text) stream.write(part);
  else stream.write(text);
  stream.end();
}
