import { ApolloLink } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient, type Client } from 'graphql-ws';
import { catchError, defer, throwError } from 'rxjs';
import type { SessionKeeper } from '../session/session-keeper.ts';
import type { ConnectionMonitor } from './connection-monitor.ts';

/** So many attempts without one success mean that something on the way lets no WebSocket through. */
const ATTEMPTS_BEFORE_FALLBACK = 3;

export interface SubscriptionLinkOptions {
  readonly endpoint: string;
  readonly session: SessionKeeper;
  readonly monitor: ConnectionMonitor;
  /** Carries subscriptions where no WebSocket gets through: multipart HTTP. */
  readonly fallback: ApolloLink;
}

/**
 * Subscriptions over one WebSocket, which comes back by itself; over the fallback once it is clear that no socket gets
 * through. A socket that ever opened is waited for: then the router is away, not the way to it.
 */
export function subscriptionLink({ endpoint, session, monitor, fallback }: SubscriptionLinkOptions): ApolloLink {
  let opened = false;
  let attempts = 0;
  const client: Client = createClient({
    url: new URL(endpoint, location.href).href.replace(/^http/, 'ws'),
    connectionParams: async () => {
      const token = await session.accessToken();
      return token ? { authorization: `Bearer ${token}` } : {};
    },
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: async (retries) => {
      const wait = Math.min(250 * 2 ** retries, 4_000);
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
    },
    shouldRetry: () => opened || attempts < ATTEMPTS_BEFORE_FALLBACK,
    on: {
      connecting: () => {
        attempts += 1;
      },
      connected: () => {
        opened = true;
        monitor.connected();
      },
      closed: (event) => {
        // 1000: nobody subscribes any more.
        if ((event as CloseEvent).code !== 1_000) monitor.disconnected();
      },
    },
  });
  // A socket belongs to who opened it: the next one asks again who that is.
  let user = session.current?.user.id;
  session.subscribe((now) => {
    if (now?.user.id !== user) client.terminate();
    user = now?.user.id;
  });
  const socket = new GraphQLWsLink(client);
  const isBarred = () => !opened && attempts >= ATTEMPTS_BEFORE_FALLBACK;
  return new ApolloLink((operation, forward) => {
    const overHttp = () => {
      monitor.connected();
      return fallback.request(operation, forward);
    };
    return defer(() => {
      if (isBarred()) return overHttp();
      const overSocket = socket.request(operation);
      return overSocket.pipe(catchError((error: unknown) => (isBarred() ? overHttp() : throwError(() => error))));
    });
  });
}
