import { InMemoryCache } from '@apollo/client';
import { print } from 'graphql';
import { RenewSessionDocument, type RenewSessionMutation } from '../generated/graphql.ts';
import { SessionKeeper } from './session-keeper.ts';
import type { Session } from './session.ts';

/** The session of this browser. @param key of its storage: each client has its own, so guest and staff may both be in */
export function openSession(key: string, endpoint: string): SessionKeeper {
  const keeper = new SessionKeeper({
    storage: localStorage,
    key,
    alone: async (task) => navigator.locks.request(key, task),
    renew: (refreshToken) => renewSession(endpoint, refreshToken),
  });
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) keeper.look();
  });
  return keeper;
}

/** The same text as the client would send, which is what a safelist knows. */
const renewal = print(new InMemoryCache().transformDocument(RenewSessionDocument));

/** Not through the Apollo client, which asks for tokens before it asks anything. */
async function renewSession(endpoint: string, refreshToken: string): Promise<Session | undefined> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      operationName: 'RenewSession',
      query: renewal,
      variables: { refreshToken },
    }),
  });
  const { data, errors } = (await response.json()) as {
    data?: RenewSessionMutation | null;
    errors?: { extensions?: { code?: string } }[];
  };
  if (data?.refresh) return data.refresh;
  if (errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')) return undefined;
  throw new Error('the session could not be renewed now');
}
