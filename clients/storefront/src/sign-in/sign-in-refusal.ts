import { CombinedGraphQLErrors } from '@apollo/client/errors';

export type SignInRefusal = 'wrong' | 'taken' | 'invalid' | 'busy' | 'unanswered';

const byCode: Readonly<Record<string, SignInRefusal>> = {
  UNAUTHENTICATED: 'wrong',
  EMAIL_TAKEN: 'taken',
  BAD_USER_INPUT: 'invalid',
  RATE_LIMITED: 'busy',
  ROUTER_BUSY: 'busy',
};

/** Why nobody was let in. */
export function signInRefusal(error: unknown): SignInRefusal {
  const code = CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions?.code : undefined;
  return (typeof code === 'string' && byCode[code]) || 'unanswered';
}
