import type { IncomingMessage } from 'node:http';
import { runInWork, type Logger, type Tracing } from '@brigade/service-kit/process';
import type { GraphQLFormattedError } from 'graphql';
import type { RawData, WebSocket } from 'ws';
import { isObject, type JsonObject } from '../compile/own.ts';
import { isPlain } from '../http/graphql-body.ts';
import { parseJson } from '../http/parse-json.ts';
import type { RouterContext } from '../http/request-context.ts';
import { correlationIdOf, type Identify } from '../identity/identify.ts';
import type { SignIdentity } from '../identity/sign-identity.ts';
import type { Engine } from '../pipeline/engine.ts';
import { Refusal } from '../pipeline/refusal.ts';
import type { Settings } from '../settings/settings.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import { ClientWriter } from './client-writer.ts';
import type { OperationObserver } from './operation-record.ts';
import { SocketOperations } from './socket-operations.ts';

/** setTimeout knows no longer time. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface ClientSocketOptions extends OperationObserver {
  readonly engine: Engine;
  readonly subscriptions: Subscriptions;
  readonly identify: Identify;
  readonly sign?: SignIdentity;
  readonly settings: Settings['subscriptions'];
  readonly formatError: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly tracing: Tracing;
  readonly log: Logger;
}

/** One client's connection: the messages of the protocol, who the client is, and whether it is still there. */
export class ClientSocket {
  readonly #socket: WebSocket;
  readonly #req: IncomingMessage;
  readonly #options: ClientSocketOptions;
  readonly #correlationId: string;
  readonly #writer: ClientWriter;
  readonly #operations: SocketOperations;
  readonly #initialisation: NodeJS.Timeout;
  #state: 'opened' | 'initialising' | 'acknowledged' = 'opened';
  #context: RouterContext | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #alive = true;
  #goesAway = false;

  constructor(socket: WebSocket, req: IncomingMessage, options: ClientSocketOptions) {
    this.#socket = socket;
    this.#req = req;
    this.#options = options;
    this.#correlationId = correlationIdOf(req);
    this.#writer = new ClientWriter(socket, options.settings.mostBufferedBytes, () => {
      // While it is not read from, that it takes something is its only sign of life.
      if (socket.isPaused) this.#alive = true;
      this.#operations.drain();
    });
    this.#operations = new SocketOperations(this.#writer, options);
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

  /** The session that the client said it belongs to. */
  get sessionId(): string | undefined {
    return this.#context?.sessionId;
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    // What answers the close must be read; who does not answer it is cut off.
    this.#socket.resume();
    setTimeout(() => this.#socket.terminate(), this.#options.settings.initialiseWithinMs).unref();
  }

  /** Begins nothing more, answers what is under way, and closes. Subscriptions end with the connection. */
  async goAway(): Promise<void> {
    this.#goesAway = true;
    await this.#operations.answered();
    this.close(1_001, 'Going away');
  }

  /** A client that has given no sign of life since the last time is gone. */
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
    this.#operations.leaveAll();
  }

  #receive(data: RawData, isBinary: boolean): void {
    // What still comes over a connection that is being closed does not count.
    if (!this.#isOpen() || this.#goesAway) return;
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
        this.#writer.send({ type: 'pong', ...(message.payload !== undefined && { payload: message.payload }) });
        break;
      case 'pong':
        break;
      case 'subscribe':
        this.#subscribe(message).catch((error: unknown) => this.#fail(error));
        break;
      case 'complete':
        if (typeof message.id === 'string') this.#operations.leave(message.id);
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
    const given = payload?.authorization ?? payload?.Authorization;
    try {
      this.#context = await this.#options.identify(
        this.#req,
        this.#correlationId,
        typeof given === 'string' ? given : undefined,
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 401) this.close(4_403, 'Forbidden');
      else this.close(1_013, 'Try again later');
      return;
    }
    if (!this.#isOpen()) return;
    const { expiresAt } = this.#context;
    if (expiresAt !== undefined) {
      const left = Math.min(LONGEST_TIMER_MS, Math.max(0, expiresAt - Date.now()));
      this.#expiry = setTimeout(() => this.close(4_403, 'The access token has expired'), left);
    }
    this.#state = 'acknowledged';
    this.#writer.send({ type: 'connection_ack' });
  }

  async #subscribe({ id, payload }: JsonObject): Promise<void> {
    const known = this.#context;
    if (!known) {
      this.close(4_401, 'Unauthorized');
      return;
    }
    if (typeof id !== 'string' || id === '' || !isObject(payload) || !isPlain(payload)) {
      this.close(4_400, 'Invalid message received');
      return;
    }
    if (this.#operations.has(id)) {
      this.close(4_409, `Subscriber for ${id.slice(0, 60)} already exists`);
      return;
    }
    const { traceparent = this.#req.headers.traceparent } = isObject(payload.extensions) ? payload.extensions : {};
    const { correlationId } = known;
    await runInWork({ correlationId, causationId: correlationId }, () =>
      this.#operations.run(id, payload, () => this.#contextOf(known), traceparent),
    );
  }

  /** What was signed when the connection was opened has expired by now. */
  async #contextOf(known: RouterContext): Promise<RouterContext> {
    const { sign } = this.#options;
    return sign ? { ...known, signedIdentity: await sign(known.identity) } : known;
  }

  #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  #fail(error: unknown): void {
    this.#options.log.error({ err: error }, 'a client socket failed');
    this.close(4_500, 'Internal server error');
  }
}

function parseMessage(data: RawData): JsonObject | undefined {
  try {
    const message: unknown = parseJson(Buffer.isBuffer(data) ? data.toString('utf8') : '');
    return isObject(message) ? message : undefined;
  } catch {
    return undefined;
  }
}
