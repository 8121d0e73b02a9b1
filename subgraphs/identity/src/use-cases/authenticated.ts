import type { IdentityDeps } from '../deps.ts';
import type { Account } from '../store/entities.ts';
import type { SessionToken } from '../store/sessions.ts';

/** What register, login and refresh all answer. */
export interface Authenticated {
  accessToken: string;
  refreshToken: string;
  account: Account;
}

export const authenticated = async (
  { issueAccessToken, now }: IdentityDeps,
  account: Account,
  { sessionId, refreshToken }: SessionToken,
): Promise<Authenticated> => ({
  accessToken: await issueAccessToken(account, sessionId, now()),
  refreshToken,
  account,
});
