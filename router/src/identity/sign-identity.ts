import { SignJWT } from 'jose';
import type { Identity } from './identity.ts';

/** How long subgraphs may believe the header, seconds: one request's time, not a session's. */
const LIFETIME_SECONDS = 60;
/** A header that has more than half of its life before it serves the next request of the same identity too. */
const REUSED_FOR_MS = (LIFETIME_SECONDS * 1_000) / 2;
const MOST_KEPT = 10_000;

/** Answers the header that tells subgraphs, signed, who is asking. */
export type SignIdentity = (identity: Identity) => string | Promise<string>;

/** A compact JWS (HS256) of type `actor+jwt` with the claim `actor`, valid for 60 s. */
export function signIdentityWith(secret: string): SignIdentity {
  const key = new TextEncoder().encode(secret);
  const kept = new Map<string, { header: string; madeAt: number }>();
  // Whoever is remembered as one object need not be compared.
  const names = new WeakMap<Identity, string>();
  return (identity) => {
    const name = names.get(identity) ?? JSON.stringify(identity);
    names.set(identity, name);
    const known = kept.get(name);
    const now = performance.now();
    if (known && now - known.madeAt < REUSED_FOR_MS) return known.header;
    return make(identity, name, now);
  };

  async function make(identity: Identity, name: string, now: number): Promise<string> {
    const header = await new SignJWT({ actor: actorOf(identity) })
      .setProtectedHeader({ alg: 'HS256', typ: 'actor+jwt' })
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME_SECONDS}s`)
      .sign(key);
    kept.delete(name);
    kept.set(name, { header, madeAt: now });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return header;
  }
}

/** What subgraphs are told of somebody; scopes are the router's own affair. */
const actorOf = (identity: Identity) =>
  identity.kind === 'user' ? { kind: identity.kind, userId: identity.userId, roles: identity.roles } : identity;
