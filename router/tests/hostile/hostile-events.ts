import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { Random, seedOf } from '../../../infra/fuzz/src/random.ts';
import { hostileResponse, hostileText } from './hostile-json.ts';

/** Close codes after which graphql-ws tries again. */
const PASSING_CODES = [1000, 1001, 1012, 1013, 1014, 4408, 4504, 4999];

/** Answers to a handshake that open no socket. */
const HANDSHAKES: readonly string[] = [
  'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
  'HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n',
  'HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: x\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n',
  'SSH-2.0-OpenSSH_9.6\r\n',
  '\u0000\u0001\u0002',
  '',
];

/**
 * A subgraph of subscriptions (graphql-transport-ws). It serves the subscriptions of some inputs in whatever way their
 * seeds say, several times, and then honestly: one event and the end. Input 0 is served honestly always, by `tick`.
 */
export class HostileEvents {
  readonly #http: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #accepted = new WebSocketServer({ noServer: true });
  /** Who waits for `tick`. */
  readonly #watching = new Map<WebSocket, string>();
  #random = new Random(0);
  /** So many subscriptions and handshakes are still attacked. */
  #attacks = 0;
  #handshakes = 0;
  /** What was done since `attack`. */
  readonly done: string[] = [];

  constructor() {
    this.#http = createServer();
    this.#http.on('connection', (socket: Socket) => {
      this.#sockets.add(socket.setNoDelay());
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
    });
    this.#http.on('upgrade', (req, stream, head) => this.#open(req, stream, head));
  }

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.#http.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/graphql`;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** From now on, until it is done. */
  attack(input: number, runSeed: number): void {
    this.#random = new Random(seedOf(runSeed, input));
    this.#attacks = 1 + this.#random.int(3);
    this.#handshakes = this.#random.chance(0.3) ? 1 + this.#random.int(4) : 0;
    this.done.length = 0;
  }

  /** Sends an event to whoever watches. */
  tick(value: number): void {
    for (const [socket, id] of this.#watching) {
      socket.send(JSON.stringify({ type: 'next', id, payload: { data: { ticked: value } } }));
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#http.close(closed));
  }

  #open(req: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (this.#handshakes > 0) {
      this.#handshakes -= 1;
      const answer = this.#random.pick(HANDSHAKES);
      this.done.push(`handshake ${JSON.stringify(answer.slice(0, 20))}`);
      stream.end(answer);
      return;
    }
    this.#accepted.handleUpgrade(req, stream, head, (socket) => this.#serve(socket, stream));
  }

  #serve(socket: WebSocket, stream: Duplex): void {
    socket.on('error', () => {});
    socket.on('close', () => this.#watching.delete(socket));
    socket.on('message', (data) => {
      const { type, id, payload } = JSON.parse(String(data)) as {
        type: string;
        id: string;
        payload?: { variables: { input: number } };
      };
      if (type === 'connection_init') this.#acknowledge(socket);
      else if (type === 'ping') socket.send('{"type":"pong"}');
      else if (type !== 'subscribe' || !payload) return;
      else if (payload.variables.input === 0) this.#watching.set(socket, id);
      else if (this.#attacks > 0) {
        this.#attacks -= 1;
        this.#attackOne(socket, stream, id, payload.variables.input);
      } else this.#answer(socket, id, payload.variables.input);
    });
  }

  #answer(socket: WebSocket, id: string, input: number): void {
    socket.send(JSON.stringify({ type: 'next', id, payload: { data: { ticked: input } } }));
    socket.send(JSON.stringify({ type: 'complete', id }));
  }

  #acknowledge(socket: WebSocket): void {
    if (this.#attacks > 0 && this.#random.chance(0.1)) {
      this.done.push('junk before the acknowledgement');
      socket.send(hostileText('{"type":"connection_ack"}', this.#random).slice(0, 100_000));
    }
    socket.send('{"type":"connection_ack"}');
    if (this.#random.chance(0.1)) socket.send('{"type":"connection_ack"}');
  }

  /** Some odd messages, and then either the end of the subscription or that of the socket. */
  #attackOne(socket: WebSocket, stream: Duplex, id: string, input: number): void {
    const random = this.#random;
    const honest = { data: { ticked: input } };
    for (let messages = random.int(5); messages > 0; messages -= 1) this.#say(socket, id, honest);
    const end = random.int(6);
    this.done.push(`end ${end}`);
    if (end === 0) this.#closeWith(socket);
    else if (end === 1) (stream as Socket).resetAndDestroy();
    else if (end === 2) stream.end();
    else if (end === 3) stream.write(brokenFrame(random));
    else if (end === 4) socket.send(JSON.stringify({ type: 'error', id, payload: oddPayload(honest, random) }));
    else this.#answer(socket, id, input);
  }

  #closeWith(socket: WebSocket): void {
    const code = this.#random.pick(PASSING_CODES);
    this.done.push(`close ${code}`);
    socket.close(code, 'x'.repeat(this.#random.int(120)));
  }

  #say(socket: WebSocket, id: string, honest: object): void {
    const random = this.#random;
    const kind = random.int(8);
    this.done.push(`message ${kind}`);
    const type = random.pick<unknown>(['next', 'pong', 'ping', 'connection_ack', 'subscribe', 'ka', '', null, 1, {}]);
    const other = random.pick<unknown>(['', '1', '__proto__', 'constructor', 'x'.repeat(5_000), null, 7, {}, [id]]);
    const message = { type: 'next', id, payload: honest };
    const text = JSON.stringify(message);
    if (kind === 0) socket.send(JSON.stringify({ ...message, payload: oddPayload(honest, random) }));
    else if (kind === 1) socket.send(JSON.stringify({ type: random.pick(['next', 'error', 'complete']), id: other }));
    else if (kind === 2) socket.send(JSON.stringify({ ...message, type }));
    else if (kind === 3) socket.send(hostileText(text, random));
    else if (kind === 4) socket.send(Buffer.from(text));
    else if (kind === 5)
      for (let at = 0; at < text.length; at += 7) socket.send(text.slice(at, at + 7), { fin: false });
    else if (kind === 6) socket.ping('x'.repeat(random.int(126)));
    else socket.send(text);
    // What is sent in parts has to end before something else begins.
    if (kind === 5) socket.send('', { fin: true });
  }
}

const oddPayload = (honest: object, random: Random): unknown =>
  random.chance(0.5) ? hostileResponse(honest, random) : random.pick<unknown>([null, 7, 'x', [], [null], [{}], {}]);

/** Bytes that are no frame of a server (RFC 6455, 5.2). */
function brokenFrame(random: Random): Buffer {
  const frames: readonly (() => Buffer)[] = [
    () => Buffer.from([0xf1, 1, 0x78]),
    () => Buffer.from([0x83, 1, 0x78]),
    () => Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5]),
    () => Buffer.from([0x81, 2, 0xc3, 0x28]),
    () => Buffer.from([0x81, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    () => Buffer.from([0x81, 127, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff]),
    () => Buffer.from([0x09, 0]),
    () => Buffer.from([0x89, 126, 0, 126]),
    () => Buffer.from([0x80, 1, 0x78]),
    () => Buffer.from([0x88, 2, 0, 1]),
    () => Buffer.from([0x88, 1, 3]),
    () => Buffer.from(Array.from({ length: 1 + random.int(200) }, () => random.int(256))),
  ];
  return random.pick(frames)();
}
