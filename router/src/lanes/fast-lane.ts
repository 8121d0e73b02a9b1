import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { answerJson, answerWritten } from '../http/answer-json.ts';
import { isPlain, parseBody } from '../http/graphql-body.ts';
import { readBody } from '../http/read-body.ts';
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
      if (!res.headersSent)
        answerJson(req, res, 500, headers, { errors: [this.#options.formatError({ message: '' })] });
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
      if (written) answerWritten(req, res, 200, headers, written);
      else answerJson(req, res, 200, headers, errors ? { ...rest, errors: errors.map(formatError) } : rest);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        stages.end();
        throw error;
      }
      record.answered(error.errors);
      answerJson(req, res, error.status, { ...headers, ...error.headers }, { errors: error.errors });
    }
    record.end();
  }
}
