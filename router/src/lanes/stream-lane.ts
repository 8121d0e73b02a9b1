import type { IncomingMessage, ServerResponse } from 'node:http';
import { CORRELATION_HEADER, runInWork, type Logger } from '@brigade/service-kit/process';
import type { GraphQLFormattedError } from 'graphql';
import type { AllowOrigin } from '../http/cors.ts';
import { isPlain, parseBody } from '../http/graphql-body.ts';
import { readBody } from '../http/read-body.ts';
import { correlationIdOf, type Identify } from '../identity/identify.ts';
import type { Engine } from '../pipeline/engine.ts';
import { Refusal, refusal } from '../pipeline/refusal.ts';
import type { Settings } from '../settings/settings.ts';
import { slowConsumer, type Subscriptions } from '../subscriptions/subscriptions.ts';
import { encodings, type StreamEncoding, type StreamKind } from './stream-encodings.ts';

export interface StreamLaneOptions {
  readonly engine: Engine;
  readonly subscriptions: Subscriptions;
  readonly identify: Identify;
  readonly allowOrigin: AllowOrigin;
  readonly formatError: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly settings: Pick<Settings, 'limits' | 'subscriptions'>;
  readonly log: Logger;
}

/** Which stream a request asks for, if any: a POST of JSON only, which a page of another origin can't send unasked. */
export function streamKindOf({ method, url, headers }: IncomingMessage): StreamKind | undefined {
  if (method !== 'POST' || url?.split('?')[0] !== '/graphql') return undefined;
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return undefined;
  const { accept = '' } = headers;
  if (/text\/event-stream/i.test(accept)) return 'sse';
  return /multipart\/mixed/i.test(accept) && /subscriptionSpec/i.test(accept) ? 'multipart' : undefined;
}

/**
 * GraphQL as a stream of responses over HTTP, for all kinds of operations: server-sent events (graphql-sse, distinct
 * connections) and Apollo's multipart protocol.
 */
export class StreamLane {
  readonly #options: StreamLaneOptions;
  readonly #open = new Set<OpenStream>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: StreamLaneOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => {
      for (const stream of this.#open) stream.beat();
    }, options.settings.subscriptions.heartbeatMs).unref();
  }

  readonly handle = (req: IncomingMessage, res: ServerResponse): void => {
    const correlationId = correlationIdOf(req);
    this.#options.allowOrigin(req, res);
    res.setHeader(CORRELATION_HEADER, correlationId);
    runInWork({ correlationId, causationId: correlationId }, () => {
      this.#serve(req, res, correlationId).catch((error: unknown) => {
        if (error instanceof Refusal) return sendRefusal(req, res, error);
        this.#options.log.error({ err: error }, 'a request failed');
        if (res.headersSent) return res.destroy();
        sendRefusal(req, res, new Refusal(500, [this.#options.formatError({ message: '' })]));
      });
    });
  };

  /** Ends every stream; clients come back elsewhere. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const stream of this.#open) stream.cut();
  }

  async #serve(req: IncomingMessage, res: ServerResponse, correlationId: string): Promise<void> {
    const { engine, identify, settings, formatError, subscriptions } = this.#options;
    const encoding = encodings[streamKindOf(req) ?? 'sse'];
    if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') {
      throw refusal(415, 'BAD_REQUEST', "The request body can't be read: encoding.unsupported");
    }
    const body = parseBody(await readBody(req, settings.limits.bodyBytes));
    if (!isPlain(body))
      throw refusal(400, 'BAD_REQUEST', 'The body is no operation: `query` is missing, or something beside it.');
    const context = await identify(req.headers.authorization, correlationId);
    const prepared = await engine.prepare(body);
    if (prepared.executable.operation.operation !== 'subscription') {
      const { errors, ...rest } = await engine.execute(prepared, context);
      const stream = new OpenStream(res, encoding);
      stream.begin();
      stream.next(JSON.stringify(errors ? { ...rest, errors: errors.map(formatError) } : rest));
      stream.end();
      return;
    }
    const stream = new OpenStream(res, encoding);
    const outbox = subscriptions.outbox(prepared, {
      isOpen: () => res.writableLength < settings.subscriptions.mostBufferedBytes,
      send: (text) => stream.next(text),
      onOverflow: () => stream.fail([slowConsumer]),
    });
    const leave = subscriptions.open(prepared, context, {
      next: (text) => outbox.push(text),
      failed: (errors) => stream.fail(errors),
      completed: () => stream.end(),
    });
    stream.begin();
    this.#open.add(stream);
    res.on('drain', () => outbox.drain());
    const { expiresAt } = context;
    const expiry =
      expiresAt === undefined
        ? undefined
        : setTimeout(() => stream.fail([expired]), Math.min(2 ** 31 - 1, Math.max(0, expiresAt - Date.now())));
    res.once('close', () => {
      clearTimeout(expiry);
      this.#open.delete(stream);
      leave();
    });
  }
}

const expired: GraphQLFormattedError = {
  message: 'The access token has expired.',
  extensions: { code: 'UNAUTHENTICATED' },
};

/** A response that goes on. */
class OpenStream {
  constructor(
    private readonly res: ServerResponse,
    private readonly encoding: StreamEncoding,
  ) {}

  begin(): void {
    this.res.writeHead(200, {
      'content-type': this.encoding.contentType,
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    this.res.write(this.encoding.head);
  }

  /** @param text of a GraphQL response */
  next(text: string): void {
    if (!this.res.writableEnded) this.res.write(this.encoding.next(text));
  }

  beat(): void {
    if (!this.res.writableEnded && this.res.writableLength === 0) this.res.write(this.encoding.heartbeat);
  }

  /** Ends with errors that are not those of an event. */
  fail(errors: readonly GraphQLFormattedError[]): void {
    if (!this.res.writableEnded) this.res.end(this.encoding.failed(JSON.stringify(errors)));
  }

  end(): void {
    if (!this.res.writableEnded) this.res.end(this.encoding.tail);
  }

  /** Breaks off, so that the client knows that there was more to come. */
  cut(): void {
    this.res.destroy();
  }
}

function sendRefusal(req: IncomingMessage, res: ServerResponse, { status, errors }: Refusal): void {
  const text = JSON.stringify({ errors });
  res
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      ...(!req.complete && { connection: 'close' }),
    })
    .end(text);
}
