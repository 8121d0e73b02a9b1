import type { IdentityDeps } from '../deps.ts';
import type { Account } from '../store/entities.ts';

/** What register, login and refresh all answer. */
export interface Authenticated {
  accessToken: string;
  refreshToken: string;
  account: Account;
}

export const authenticated = async (
  { issueAccessToken, now }: IdentityDeps,
  account: Account,
  refreshToken: string,
): Promise<Authenticated> => ({ accessToken: await issueAccessToken(account, now()), refreshToken, account });
