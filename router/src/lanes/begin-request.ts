import type { IncomingMessage } from 'node:http';
import { CORRELATION_HEADER, contextFrom, runInWork, type Logger, type Tracing } from '@brigade/service-kit/process';
import { SpanKind } from '@opentelemetry/api';
import { ClientGone } from '../http/client-gone.ts';
import type { CorsHeaders } from '../http/cors.ts';
import { correlationIdOf } from '../identity/identify.ts';

export interface BeginRequestOptions {
  readonly corsHeaders: CorsHeaders;
  readonly tracing: Tracing;
  readonly log: Logger;
}

/** A request that has begun. */
export interface Begun {
  readonly correlationId: string;
  /** Of whatever is answered. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What each request over node:http begins with: its correlation id, what pages of other origins may do, and a span in the
 * trace that it came with.
 * @param serve answers it, refusals included; that the client went away before its request was whole is no failure
 * @param failed answers it when that failed
 */
export function beginRequest(
  { corsHeaders, tracing, log }: BeginRequestOptions,
  req: IncomingMessage,
  serve: (begun: Begun) => Promise<void>,
  failed: (begun: Begun) => void,
): void {
  const correlationId = correlationIdOf(req);
  const begun = { correlationId, headers: { ...corsHeaders(req), [CORRELATION_HEADER]: correlationId } };
  const { traceparent } = req.headers;
  const parent = contextFrom(typeof traceparent === 'string' ? traceparent : undefined);
  const span = { kind: SpanKind.SERVER, parent, attributes: { 'url.path': '/graphql' } };
  runInWork({ correlationId, causationId: correlationId }, () => {
    tracing
      .span('graphql', span, () =>
        serve(begun).catch((error: unknown) => {
          if (!(error instanceof ClientGone)) throw error;
          log.debug({ err: error }, 'a client went away');
        }),
      )
      .catch((error: unknown) => {
        log.error({ err: error }, 'a request failed');
        failed(begun);
      });
  });
}
