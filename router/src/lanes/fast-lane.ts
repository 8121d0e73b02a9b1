import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { isPlain, parseBody } from '../http/graphql-body.ts';
import { readBody } from '../http/read-body.ts';
import type { WrittenResponse } from '../compile/write-response.ts';
import type { Identify } from '../identity/identify.ts';
import type { Engine } from '../pipeline/engine.ts';
import { Refusal } from '../pipeline/refusal.ts';
import { beginRequest, type BeginRequestOptions, type Begun } from './begin-request.ts';
import { OperationRecord, type OperationObserver } from './operation-record.ts';

export interface FastLaneOptions extends BeginRequestOptions, OperationObserver {
  readonly engine: Engine;
  readonly identify: Identify;
  readonly formatError: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly mostBodyBytes: number;
  /** Takes what this lane has read and does not serve. */
  readonly handOver: (req: IncomingMessage, res: ServerResponse, body: unknown) => void;
}

const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
const PLAIN = 'application/json; charset=utf-8';
const GRAPHQL = 'application/graphql-response+json';

/** Whether a request is of the usual kind: a POST of JSON, as it is, that wants one JSON response. */
export function isUsual({ method, url, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    url === '/graphql' &&
    JSON_TYPE.test(headers['content-type'] ?? '') &&
    (headers['content-encoding'] ?? 'identity') === 'identity' &&
    !/multipart|event-stream/.test(headers.accept ?? '')
  );
}

/**
 * Serves usual requests on node:http, without Apollo Server: the same engine and the same rules, in a fraction of the
 * time. Persisted queries and whatever else is not a plain operation go to the other lane.
 */
export class FastLane {
  readonly #options: FastLaneOptions;

  constructor(options: FastLaneOptions) {
    this.#options = options;
  }

  readonly handle = (req: IncomingMessage, res: ServerResponse): void => {
    const serve = (begun: Begun) => this.#serve(req, res, begun);
    beginRequest(this.#options, req, serve, ({ headers }) => {
      if (!res.headersSent) send(req, res, 500, headers, { errors: [this.#options.formatError({ message: '' })] });
    });
  };

  async #serve(req: IncomingMessage, res: ServerResponse, { correlationId, headers }: Begun): Promise<void> {
    const { engine, identify, formatError, mostBodyBytes, handOver } = this.#options;
    const record = new OperationRecord(this.#options);
    const { stages } = record;
    try {
      const body = parseBody(await readBody(req, mostBodyBytes));
      if (!isPlain(body)) {
        handOver(req, res, body);
        return;
      }
      stages.enter('authenticate');
      const context = await identify(req, correlationId);
      const answer = await engine.run(body, context, stages, 'text');
      stages.enter('respond');
      record.named(answer.operationName, answer.kind);
      const { errors, written, ...rest } = answer.result;
      record.answered(errors);
      if (written) write(req, res, 200, headers, written);
      else send(req, res, 200, headers, errors ? { ...rest, errors: errors.map(formatError) } : rest);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      record.answered(error.errors);
      send(req, res, error.status, { ...headers, ...error.headers }, { errors: error.errors });
    }
    record.end();
  }
}

type Headers = Readonly<Record<string, string>>;

function send(req: IncomingMessage, res: ServerResponse, status: number, headers: Headers, body: object): void {
  const text = JSON.stringify(body);
  write(req, res, status, headers, { text, bytes: Buffer.byteLength(text) });
}

function write(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  headers: Headers,
  { text, bytes }: WrittenResponse,
): void {
  const type = req.headers.accept?.includes(GRAPHQL) ? `${GRAPHQL}; charset=utf-8` : PLAIN;
  // A body that was not read to its end leaves the connection of no use.
  const ending = req.complete ? undefined : { connection: 'close' };
  res
    .writeHead(status, { 'content-type': type, 'content-length': bytes, ...headers, ...ending })
    // What is ASCII is the same in both, and sooner written in this one.
    .end(text, bytes === text.length ? 'latin1' : 'utf8');
}
