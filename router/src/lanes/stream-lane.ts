import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { acceptedTypesOf } from '../http/accepted-types.ts';
import { answerJson, answerWritten } from '../http/answer-json.ts';
import { ClientGone } from '../http/client-gone.ts';
import { isPlain, parseBody } from '../http/graphql-body.ts';
import { readBody } from '../http/read-body.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { Identify } from '../identity/identify.ts';
import type { Engine, Prepared } from '../pipeline/engine.ts';
import { Refusal, refusal } from '../pipeline/refusal.ts';
import type { Settings } from '../settings/settings.ts';
import { slowConsumer, type Subscriptions } from '../subscriptions/subscriptions.ts';
import { beginRequest, type BeginRequestOptions, type Begun } from './begin-request.ts';
import { OpenStream } from './open-stream.ts';
import { OperationRecord, type OperationObserver } from './operation-record.ts';
import { encodings } from './stream-encodings.ts';

export interface StreamLaneOptions extends BeginRequestOptions, OperationObserver {
  readonly engine: Engine;
  readonly subscriptions: Subscriptions;
  readonly identify: Identify;
  readonly formatError: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly settings: Pick<Settings, 'limits' | 'subscriptions'>;
}

/**
 * GraphQL as a stream of responses over HTTP: server-sent events (graphql-sse, distinct connections) and Apollo's
 * multipart protocol. A client that accepts JSON as well is answered with JSON unless it subscribes.
 */
export class StreamLane {
  readonly #options: StreamLaneOptions;
  readonly #open = new Set<OpenStream>();
  /** How the streams of sessions are ended before their time. */
  readonly #ends = new Map<OpenStream, { sessionId: string; end: () => void }>();
  readonly #heartbeat: NodeJS.Timeout;
  #isClosed = false;

  constructor(options: StreamLaneOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => {
      for (const stream of this.#open) stream.beat();
    }, options.settings.subscriptions.heartbeatMs).unref();
  }

  readonly handle = (req: IncomingMessage, res: ServerResponse): void => {
    const serve = ({ correlationId, headers }: Begun) => {
      res.setHeaders(new Map(Object.entries(headers)));
      return this.#serve(req, res, correlationId);
    };
    beginRequest(this.#options, req, serve, () => {
      if (res.headersSent) res.destroy();
      else answerJson(req, res, 500, {}, { errors: [this.#options.formatError({ message: '' })] });
    });
  };

  /** Ends the streams of a session that has ended. */
  endSession(sessionId: string): void {
    for (const one of this.#ends.values()) if (one.sessionId === sessionId) one.end();
  }

  /** Ends every stream, also those that are about to open; clients come back elsewhere. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#heartbeat);
    for (const stream of this.#open) stream.cut();
  }

  async #serve(req: IncomingMessage, res: ServerResponse, correlationId: string): Promise<void> {
    const { engine, identify, settings, formatError } = this.#options;
    const record = new OperationRecord(this.#options);
    const { stages } = record;
    try {
      if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') {
        throw refusal(415, 'BAD_REQUEST', "The request body can't be read: encoding.unsupported");
      }
      const body = parseBody(await readBody(req, settings.limits.bodyBytes));
      if (!isPlain(body))
        throw refusal(400, 'BAD_REQUEST', 'The body is no operation: `query` is missing, or something beside it.');
      stages.enter('authenticate');
      const context = await identify(req, correlationId);
      const prepared = await engine.prepare(body, context, stages);
      const { definition } = prepared;
      record.named(definition.name?.value, definition.operation);
      const accepted = acceptedTypesOf(req);
      const open = () => new OpenStream(res, encodings[accepted.stream ?? 'sse']);
      if (definition.operation === 'subscription') {
        // Nothing would tell any more that it is over.
        if (res.destroyed) throw new ClientGone();
        if (this.#isClosed) throw closing;
        stages.enter('respond');
        this.#subscribe(res, open(), prepared, context);
        record.opened();
        return;
      }
      const { errors, written, ...rest } = await engine.execute(
        prepared,
        context,
        stages,
        accepted.json ? 'text' : 'objects',
      );
      stages.enter('respond');
      record.answered(errors);
      const result = errors ? { ...rest, errors: errors.map(formatError) } : rest;
      if (written) answerWritten(req, res, 200, {}, written);
      else if (accepted.json) answerJson(req, res, 200, {}, result);
      else tellOnce(open(), result);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        stages.end();
        throw error;
      }
      record.answered(error.errors);
      answerJson(req, res, error.status, error.headers, { errors: error.errors });
    }
    record.end();
  }

  /** @throws Refusal */
  #subscribe(res: ServerResponse, stream: OpenStream, prepared: Prepared, context: RouterContext): void {
    const { settings, subscriptions } = this.#options;
    const backlog = subscriptions.connect(() => res.writableLength);
    let leave = () => {};
    let expiry: NodeJS.Timeout | undefined;
    const over = () => {
      clearTimeout(expiry);
      outbox.clear();
      leave();
      subscriptions.disconnect(backlog);
    };
    // Whoever takes nothing does not take the end either: it is over all the same.
    const endWith = (error: GraphQLFormattedError) => {
      over();
      stream.fail([error]);
    };
    const outbox = subscriptions.outbox(prepared, {
      backlog,
      isOpen: () => res.writableLength < settings.subscriptions.mostBufferedBytes,
      send: (text) => stream.next(text),
      onOverflow: () => endWith(slowConsumer),
    });
    try {
      leave = subscriptions.open(prepared, context, {
        next: (text) => outbox.push(text),
        failed: (errors) => outbox.end(() => stream.fail(errors)),
        completed: () => outbox.end(() => stream.end()),
      });
    } catch (error) {
      over();
      throw error;
    }
    stream.begin();
    this.#open.add(stream);
    res.on('drain', () => outbox.drain());
    const { expiresAt, sessionId } = context;
    if (sessionId !== undefined) this.#ends.set(stream, { sessionId, end: () => endWith(ended) });
    if (expiresAt !== undefined) {
      expiry = setTimeout(() => endWith(expired), Math.min(2 ** 31 - 1, Math.max(0, expiresAt - Date.now())));
    }
    res.once('close', () => {
      this.#open.delete(stream);
      this.#ends.delete(stream);
      over();
    });
  }
}

const closing = refusal(503, 'ROUTER_BUSY', 'The router is about to end.');

const ended: GraphQLFormattedError = {
  message: 'The session of the access token has ended.',
  extensions: { code: 'UNAUTHENTICATED' },
};

const expired: GraphQLFormattedError = {
  message: 'The access token has expired.',
  extensions: { code: 'UNAUTHENTICATED' },
};

/** A stream of one response. */
function tellOnce(stream: OpenStream, result: object): void {
  stream.begin();
  stream.next(JSON.stringify(result));
  stream.end();
}
