import { ACTOR_HEADER, signActor } from '../actor/actor.ts';
import { currentWork } from '../observe/context.ts';
import { currentTraceparent } from '../observe/tracing.ts';
import { CORRELATION_HEADER } from './correlation.ts';

/** The other subgraph did not answer, or not with data. */
export class SubgraphCallFailed extends Error {
  override readonly name = 'SubgraphCallFailed';
}

/**
 * Asks another subgraph, as this service. For look-ups that can't wait for a message; everything else goes by message.
 * @throws SubgraphCallFailed after `timeoutMs` (default 2 s), on a network error, or on any GraphQL error
 */
export async function callSubgraph<T>(options: {
  url: string;
  service: string;
  actorSecret: string;
  query: string;
  variables: Record<string, unknown>;
  timeoutMs?: number;
}): Promise<T> {
  const { url, service, actorSecret, query, variables, timeoutMs = 2_000 } = options;
  const traceparent = currentTraceparent();
  const correlationId = currentWork()?.correlationId;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [ACTOR_HEADER]: await signActor({ kind: 'service', name: service }, actorSecret),
        ...(correlationId && { [CORRELATION_HEADER]: correlationId }),
        ...(traceparent && { traceparent }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
    if (errors?.[0] || !data) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
    return data;
  } catch (error) {
    throw new SubgraphCallFailed(`${url}: ${(error as Error).message}`, { cause: error });
  }
}
