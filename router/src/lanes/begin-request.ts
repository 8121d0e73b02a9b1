import type { IncomingMessage, ServerResponse } from 'node:http';
import { CORRELATION_HEADER, contextFrom, runInWork, type Logger, type Tracing } from '@brigade/service-kit/process';
import { SpanKind } from '@opentelemetry/api';
import type { AllowOrigin } from '../http/cors.ts';
import { correlationIdOf } from '../identity/identify.ts';

export interface BeginRequestOptions {
  readonly allowOrigin: AllowOrigin;
  readonly tracing: Tracing;
  readonly log: Logger;
}

/**
 * What each request over node:http begins with: its correlation id, what pages of other origins may do, and a span in the
 * trace that it came with.
 * @param serve answers it, refusals included
 * @param failed answers it when that failed
 */
export function beginRequest(
  { allowOrigin, tracing, log }: BeginRequestOptions,
  req: IncomingMessage,
  res: ServerResponse,
  serve: (correlationId: string) => Promise<void>,
  failed: () => void,
): void {
  const correlationId = correlationIdOf(req);
  allowOrigin(req, res);
  res.setHeader(CORRELATION_HEADER, correlationId);
  const { traceparent } = req.headers;
  const parent = contextFrom(typeof traceparent === 'string' ? traceparent : undefined);
  const span = { kind: SpanKind.SERVER, parent, attributes: { 'url.path': '/graphql' } };
  runInWork({ correlationId, causationId: correlationId }, () => {
    tracing
      .span('graphql', span, () => serve(correlationId))
      .catch((error: unknown) => {
        log.error({ err: error }, 'a request failed');
        failed();
      });
  });
}
