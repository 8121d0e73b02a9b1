import { InvalidRefreshToken } from '../account/errors.ts';
import type { IdentityDeps } from '../deps.ts';
import { decideRefresh } from '../session/decide-refresh.ts';
import { AccountSchema } from '../store/entities.ts';
import { lockToken, revokeSession, rotateToken } from '../store/sessions.ts';
import { authenticated, type Authenticated } from './authenticated.ts';

/**
 * Exchanges a refresh token for its successor and a new access token, with the roles of today.
 * @throws InvalidRefreshToken
 */
export async function refreshSession(deps: IdentityDeps, refreshToken: string): Promise<Authenticated> {
  const { now, times, store } = deps;
  const rotated = await store.transaction(async (tx) => {
    const token = await lockToken(tx, refreshToken);
    if (!token) return undefined;
    // The clock is read once the lock is held: the winner of a race used the token before that, not after.
    const at = now();
    switch (decideRefresh(token, at.getTime(), times.graceMs)) {
      case 'ROTATE': {
        const account = await tx.findOneOrFail(AccountSchema, { id: token.accountId });
        return { account, successor: await rotateToken(tx, token, at, times.refreshMs) };
      }
      case 'REVOKE':
        await revokeSession(tx, token.sessionId, at);
        return undefined;
      case 'REFUSE':
        return undefined;
    }
  });
  // Refused outside the transaction, which must commit: a revocation is kept.
  if (!rotated) throw new InvalidRefreshToken();
  return authenticated(deps, rotated.account, rotated.successor);
}
