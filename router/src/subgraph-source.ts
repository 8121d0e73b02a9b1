import { RemoteGraphQLDataSource } from '@apollo/gateway';
import { ACTOR_HEADER, CORRELATION_HEADER, currentTraceparent } from '@brigade/service-kit/process';
import type { RouterContext } from './request-context.ts';

/**
 * How the gateway reaches a subgraph: with the signed actor, the correlation id and the trace, and with nothing that the
 * client sent.
 */
export function subgraphSource(url: string, timeoutMs: number): RemoteGraphQLDataSource<RouterContext> {
  return new RemoteGraphQLDataSource<RouterContext>({
    url,
    honorSubgraphCacheControlHeader: false,
    fetcher: ((target: string, init: RequestInit) =>
      fetch(target, { ...init, signal: AbortSignal.timeout(timeoutMs) })) as never,
    willSendRequest({ request, context }) {
      const headers = request.http?.headers;
      if (!headers || !context.signedActor) return;
      headers.set(ACTOR_HEADER, context.signedActor);
      headers.set(CORRELATION_HEADER, context.correlationId);
      const traceparent = currentTraceparent();
      if (traceparent) headers.set('traceparent', traceparent);
    },
  });
}
