import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { RetryLink } from '@apollo/client/link/retry';
import { OperationTypeNode } from 'graphql';
import type { SessionKeeper } from '../session/session-keeper.ts';
import { createCache } from './cache.ts';
import type { ConnectionMonitor } from './connection-monitor.ts';
import { defaultOptions } from './default-options.ts';
import { healQueries } from './heal-queries.ts';
import { renewRefusedTokens } from './renew-refused-tokens.ts';
import { subscriptionLink } from './subscription-link.ts';
import { watchFailures } from './watch-failures.ts';

export interface ClientOptions {
  /** Of the router, e.g. `/graphql`. */
  readonly endpoint: string;
  /** As the router's metrics and traces name the client. */
  readonly name: string;
  readonly session: SessionKeeper;
  readonly monitor: ConnectionMonitor;
}

/** Reading is tried again when nobody answers; a mutation is not: it may have happened. */
const retry = new RetryLink({
  delay: { initial: 300, max: 5_000, jitter: true },
  attempts: (count, operation, error) =>
    operation.operationType === OperationTypeNode.QUERY && error instanceof TypeError && count < 6,
});

/**
 * The client that all pages share: a normalised cache, tokens that renew themselves, subscriptions over WebSocket or,
 * where that is not let through, multipart HTTP.
 */
export function createClient({ endpoint, name, session, monitor }: ClientOptions): ApolloClient {
  const authorise = new SetContextLink(async ({ headers }) => {
    const token = await session.accessToken();
    return { headers: { ...(headers as object), ...(token && { authorization: `Bearer ${token}` }) } };
  });
  const http = ApolloLink.from([renewRefusedTokens(session), authorise, new HttpLink({ uri: endpoint })]);
  const client = new ApolloClient({
    clientAwareness: { name },
    cache: createCache(),
    link: ApolloLink.from([
      watchFailures(monitor),
      retry,
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        subscriptionLink({ endpoint, session, monitor, fallback: http }),
        http,
      ),
    ]),
    defaultOptions,
  });
  healQueries(monitor, () => {
    client.refetchQueries({ include: 'active' }).catch(() => {
      // Each query has its error, and the page shows it.
    });
  });
  return client;
}
