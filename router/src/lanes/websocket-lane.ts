import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { runInWork, type Logger } from '@brigade/service-kit/process';
import type { GraphQLFormattedError } from 'graphql';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { isObject, type JsonObject } from '../compile/own.ts';
import { isPlain } from '../http/graphql-body.ts';
import type { RouterContext } from '../http/request-context.ts';
import { correlationIdOf, type Identify } from '../identity/identify.ts';
import type { Engine, Prepared } from '../pipeline/engine.ts';
import { Refusal } from '../pipeline/refusal.ts';
import type { Settings } from '../settings/settings.ts';
import type { Outbox } from '../subscriptions/outbox.ts';
import { slowConsumer, type Subscriptions } from '../subscriptions/subscriptions.ts';

const PROTOCOL = 'graphql-transport-ws';
/** setTimeout knows no longer time. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface WebSocketLaneOptions {
  readonly engine: Engine;
  readonly subscriptions: Subscriptions;
  readonly identify: Identify;
  readonly settings: Settings['subscriptions'];
  readonly formatError: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly log: Logger;
}

/** GraphQL over WebSocket (the protocol graphql-transport-ws), for all kinds of operations. */
export class WebSocketLane {
  readonly #options: WebSocketLaneOptions;
  readonly #server: WebSocketServer;
  readonly #sockets = new Set<ClientSocket>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: WebSocketLaneOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: options.settings.mostMessageBytes,
      handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
    });
    this.#heartbeat = setInterval(() => {
      for (const socket of this.#sockets) socket.beat();
    }, options.settings.heartbeatMs).unref();
  }

  attach(http: Server): void {
    http.on('upgrade', (req: IncomingMessage, stream: Duplex, head: Buffer) => {
      stream.on('error', () => stream.destroy());
      if (req.url?.split('?')[0] !== '/graphql') {
        stream.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      this.#server.handleUpgrade(req, stream, head, (socket) => this.#accept(socket, req));
    });
  }

  /** Tells every client to come back elsewhere. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const socket of this.#sockets) socket.close(1_001, 'Going away');
    this.#server.close();
  }

  #accept(socket: WebSocket, req: IncomingMessage): void {
    if (socket.protocol !== PROTOCOL) {
      socket.close(4_406, 'Subprotocol not acceptable');
      return;
    }
    const client = new ClientSocket(socket, req, this.#options);
    this.#sockets.add(client);
    socket.once('close', () => {
      this.#sockets.delete(client);
      client.end();
    });
  }
}

interface OpenOperation {
  leave: () => void;
  readonly outbox?: Outbox;
}

/** One client's connection, and what it has asked for. */
class ClientSocket {
  readonly #socket: WebSocket;
  readonly #req: IncomingMessage;
  readonly #options: WebSocketLaneOptions;
  readonly #correlationId: string;
  readonly #operations = new Map<string, OpenOperation>();
  readonly #initialisation: NodeJS.Timeout;
  #state: 'opened' | 'initialising' | 'acknowledged' = 'opened';
  #context: RouterContext | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #alive = true;

  constructor(socket: WebSocket, req: IncomingMessage, options: WebSocketLaneOptions) {
    this.#socket = socket;
    this.#req = req;
    this.#options = options;
    this.#correlationId = correlationIdOf(req);
    this.#initialisation = setTimeout(
      () => this.close(4_408, 'Connection initialisation timeout'),
      options.settings.initialiseWithinMs,
    );
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => {
      this.#alive = true;
    });
    // ws closes with the code that fits (1009, 1007, 1002); what was wrong is the client's.
    socket.on('error', (error) => options.log.debug({ err: error }, 'a client socket failed'));
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    // Who does not answer the close is cut off.
    setTimeout(() => this.#socket.terminate(), this.#options.settings.initialiseWithinMs).unref();
  }

  /** A client that has not answered since the last time is gone. */
  beat(): void {
    if (!this.#alive) {
      this.#socket.terminate();
      return;
    }
    this.#alive = false;
    this.#socket.ping();
  }

  /** The connection is gone. */
  end(): void {
    clearTimeout(this.#initialisation);
    clearTimeout(this.#expiry);
    for (const { leave } of this.#operations.values()) leave();
    this.#operations.clear();
  }

  #receive(data: RawData, isBinary: boolean): void {
    const message = isBinary ? undefined : parseMessage(data);
    if (!message) {
      this.close(4_400, 'Invalid message received');
      return;
    }
    switch (message.type) {
      case 'connection_init':
        this.#initialise(message.payload).catch((error: unknown) => this.#fail(error));
        break;
      case 'ping':
        this.#send({ type: 'pong', ...(message.payload !== undefined && { payload: message.payload }) });
        break;
      case 'pong':
        break;
      case 'subscribe':
        this.#subscribe(message).catch((error: unknown) => this.#fail(error));
        break;
      case 'complete':
        if (typeof message.id === 'string') this.#leave(message.id);
        break;
      default:
        this.close(4_400, `Unexpected message of type ${String(message.type).slice(0, 40)} received`);
    }
  }

  async #initialise(payload: unknown): Promise<void> {
    if (this.#state !== 'opened') {
      this.close(4_429, 'Too many initialisation requests');
      return;
    }
    if (payload !== undefined && payload !== null && !isObject(payload)) {
      this.close(4_400, 'Invalid message received');
      return;
    }
    this.#state = 'initialising';
    clearTimeout(this.#initialisation);
    const given = payload?.authorization ?? payload?.Authorization ?? this.#req.headers.authorization;
    try {
      this.#context = await this.#options.identify(typeof given === 'string' ? given : undefined, this.#correlationId);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 401) this.close(4_403, 'Forbidden');
      else this.close(1_013, 'Try again later');
      return;
    }
    const { expiresAt } = this.#context;
    if (expiresAt !== undefined) {
      const left = Math.min(LONGEST_TIMER_MS, Math.max(0, expiresAt - Date.now()));
      this.#expiry = setTimeout(() => this.close(4_403, 'The access token has expired'), left);
    }
    this.#state = 'acknowledged';
    this.#send({ type: 'connection_ack' });
  }

  async #subscribe({ id, payload }: JsonObject): Promise<void> {
    const context = this.#context;
    if (!context) {
      this.close(4_401, 'Unauthorized');
      return;
    }
    if (typeof id !== 'string' || id === '' || !isObject(payload) || !isPlain({ ...payload, extensions: undefined })) {
      this.close(4_400, 'Invalid message received');
      return;
    }
    if (this.#operations.has(id)) {
      this.close(4_409, `Subscriber for ${id.slice(0, 60)} already exists`);
      return;
    }
    if (this.#operations.size >= this.#options.settings.mostPerConnection) {
      this.#sendErrors(id, [
        { message: 'Too many operations are open on this connection.', extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } },
      ]);
      return;
    }
    // Its place is taken from now on; it may be left before it is open.
    let left = false;
    this.#operations.set(id, { leave: () => (left = true) });
    await runInWork({ correlationId: context.correlationId, causationId: context.correlationId }, async () => {
      try {
        const prepared = await this.#options.engine.prepare(payload as never);
        if (left) return;
        if (prepared.executable.operation.operation === 'subscription') this.#open(id, prepared, context);
        else {
          const { errors, ...rest } = await this.#options.engine.execute(prepared, context);
          if (left) return;
          const { formatError } = this.#options;
          this.#sendNext(id, JSON.stringify(errors ? { ...rest, errors: errors.map(formatError) } : rest));
          this.#finish(id);
        }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (!left) this.#sendErrors(id, error.errors);
      }
    });
  }

  #open(id: string, prepared: Prepared, context: RouterContext): void {
    const { subscriptions } = this.#options;
    const outbox = subscriptions.outbox(prepared, {
      isOpen: () => this.#isOpen(),
      send: (text) => this.#sendNext(id, text),
      onOverflow: () => this.#endWith(id, [slowConsumer]),
    });
    const leave = subscriptions.open(prepared, context, {
      next: (text) => outbox.push(text),
      failed: (errors) => this.#sendErrors(id, errors),
      completed: () => this.#finish(id),
    });
    this.#operations.set(id, { leave, outbox });
  }

  #leave(id: string): void {
    this.#operations.get(id)?.leave();
    this.#operations.delete(id);
  }

  #endWith(id: string, errors: readonly GraphQLFormattedError[]): void {
    this.#operations.get(id)?.leave();
    this.#sendErrors(id, errors);
  }

  #finish(id: string): void {
    if (this.#operations.delete(id)) this.#send({ id, type: 'complete' });
  }

  #sendErrors(id: string, errors: readonly GraphQLFormattedError[]): void {
    this.#operations.delete(id);
    this.#send({ id, type: 'error', payload: errors });
  }

  /** @param text of a GraphQL response, put into the message as it is */
  #sendNext(id: string, text: string): void {
    this.#socket.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${text}}`, () => this.#drain());
  }

  #send(message: JsonObject): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #isOpen(): boolean {
    return this.#socket.bufferedAmount < this.#options.settings.mostBufferedBytes;
  }

  #drain(): void {
    for (const { outbox } of this.#operations.values()) {
      if (outbox && outbox.waiting > 0 && this.#isOpen()) outbox.drain();
    }
  }

  #fail(error: unknown): void {
    this.#options.log.error({ err: error }, 'a client socket failed');
    this.close(4_500, 'Internal server error');
  }
}

function parseMessage(data: RawData): JsonObject | undefined {
  try {
    const message: unknown = JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '');
    return isObject(message) ? message : undefined;
  } catch {
    return undefined;
  }
}
