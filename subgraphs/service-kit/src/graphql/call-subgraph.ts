import { ACTOR_HEADER, signActor } from '../actor/actor.ts';
import { DependencyUnavailable } from '../errors/delivery-errors.ts';
import { currentWork } from '../observe/context.ts';
import { currentTraceparent } from '../observe/tracing.ts';
import { CORRELATION_HEADER } from './correlation.ts';

/** The other subgraph refused the question: asking again will not help. */
export class SubgraphCallFailed extends Error {
  override readonly name = 'SubgraphCallFailed';
}

/** The other subgraph did not answer, or could not. */
export class SubgraphUnavailable extends DependencyUnavailable {
  override readonly name = 'SubgraphUnavailable';
}

/** It failed inside, misses its store, or does not accept our signature because one of the clocks is wrong: all pass. */
const AWAY = new Set<string | undefined>(['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE', 'UNAUTHENTICATED']);

interface Answer<T> {
  data?: T;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/**
 * Asks another subgraph, as this service. For look-ups that can't wait for a message; everything else goes by message.
 * @throws SubgraphUnavailable after `timeoutMs` (default 2 s), on a network error, or on an error inside of it
 * @throws SubgraphCallFailed on any other GraphQL error
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
  const request = async (): Promise<Answer<T>> => {
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
    if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as Answer<T>;
  };
  const { data, errors } = await request().catch((error: Error) => {
    throw new SubgraphUnavailable(`${url}: ${error.message}`, { cause: error });
  });
  const [error] = errors ?? [];
  if (AWAY.has(error?.extensions?.code)) throw new SubgraphUnavailable(`${url}: ${error?.message}`);
  if (error || !data) throw new SubgraphCallFailed(`${url}: ${error?.message ?? 'no data'}`);
  return data;
}
