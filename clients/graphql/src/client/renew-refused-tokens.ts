import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { from, switchMap } from 'rxjs';
import type { SessionKeeper } from '../session/session-keeper.ts';

/** An operation whose token was refused is sent once more with a new one: the clock of this machine may be wrong. */
export function renewRefusedTokens(session: SessionKeeper): ErrorLink {
  return new ErrorLink(({ error, operation, forward }) => {
    const { headers, renewed } = operation.getContext() as { headers?: Record<string, string>; renewed?: boolean };
    const refused = headers?.authorization?.replace(/^Bearer /, '');
    if (renewed || refused === undefined || !isUnauthenticated(error)) return undefined;
    operation.setContext({ renewed: true });
    return from(session.accessToken(refused)).pipe(switchMap(() => forward(operation)));
  });
}

function isUnauthenticated(error: unknown): boolean {
  if (ServerError.is(error)) return error.statusCode === 401;
  return (
    CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')
  );
}
