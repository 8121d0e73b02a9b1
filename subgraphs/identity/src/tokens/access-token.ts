import { randomUUID } from 'node:crypto';
import type { Role } from '@brigade/schema';
import { SignJWT } from 'jose';
import type { SigningKeys } from './key-store.ts';

export interface AccessTokenSettings {
  issuer: string;
  audience: string;
  lifetimeSeconds: number;
}

/** @param sessionId ends with the session: the claim `sid` (OpenID Connect) */
export type AccessTokenIssuer = (
  holder: { id: string; name: string; roles: readonly Role[] },
  sessionId: string,
  now: Date,
) => Promise<string>;

/** Issues access tokens in the profile of RFC 9068 (`at+jwt`), signed with Ed25519. */
export function accessTokenIssuer(
  keys: SigningKeys,
  { issuer, audience, lifetimeSeconds }: AccessTokenSettings,
): AccessTokenIssuer {
  return (holder, sessionId, now) => {
    const issuedAt = Math.floor(now.getTime() / 1_000);
    return new SignJWT({ roles: holder.roles, name: holder.name, sid: sessionId })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: keys.kid })
      .setSubject(holder.id)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .setJti(randomUUID())
      .sign(keys.privateKey);
  };
}
