import type { Authenticate } from './authenticate.ts';
import type { Authenticated } from './identity.ts';

/** A signature that was verified is not verified again for so long: a key that is withdrawn counts no longer then. */
const KEPT_MS = 30_000;
const MOST_KEPT = 10_000;

/** Verifies each token once in a while, not with every request; a token that was refused is not remembered. */
export function rememberVerified(authenticate: Authenticate): Authenticate {
  const kept = new Map<string, { authenticated: Authenticated; until: number }>();
  return (authorization) => {
    const known = authorization === undefined ? undefined : kept.get(authorization);
    return known && known.until > Date.now() ? known.authenticated : verify(authorization);
  };

  async function verify(authorization: string | undefined): Promise<Authenticated> {
    if (authorization === undefined) return authenticate(authorization);
    kept.delete(authorization);
    const authenticated = await authenticate(authorization);
    const until = Math.min(Date.now() + KEPT_MS, authenticated.expiresAt ?? Number.POSITIVE_INFINITY);
    kept.set(authorization, { authenticated, until });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return authenticated;
  }
}
