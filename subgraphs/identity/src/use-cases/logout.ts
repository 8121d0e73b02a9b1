import type { IdentityDeps } from '../deps.ts';
import { lockToken, revokeSession } from '../store/sessions.ts';

/** Ends the session of a refresh token. An unknown or old token is no error: what was wanted is so. */
export async function logout({ store, now }: IdentityDeps, refreshToken: string): Promise<void> {
  await store.transaction(async (tx) => {
    const token = await lockToken(tx, refreshToken);
    if (token) await revokeSession(tx, token.sessionId, now());
  });
}
