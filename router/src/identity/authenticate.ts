import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { AuthenticationSettings } from '../settings/settings.ts';
import { KeysUnavailable, TokenRefused, type Authenticated } from './identity.ts';

/** Answers who is asking, from the `Authorization` header. No header: anonymous. */
export type Authenticate = (authorization: string | undefined) => Authenticated | Promise<Authenticated>;

/**
 * Verifies access tokens against published keys: EdDSA or ES256 only, with issuer, audience, expiry and type.
 * The verifier throws TokenRefused for every header that is not a valid bearer token, and KeysUnavailable when
 * there are no keys to tell: a guest whose token can't be looked at must not be told to log in again.
 */
export function authenticateWith(
  { issuer, audience, roles, subject }: Pick<AuthenticationSettings, 'issuer' | 'audience' | 'roles' | 'subject'>,
  keys: JWTVerifyGetKey,
): Authenticate {
  const claims = z.object({
    sub: subject === 'uuid' ? z.uuid() : z.string().min(1),
    roles: z.array(roles ? z.enum(roles) : z.string()).default([]),
    scope: z.string().default(''), // RFC 9068: separated by spaces
    sid: z.string().optional(),
  });
  return async (authorization) => {
    if (authorization === undefined) return NOBODY;
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (!token) throw new TokenRefused('The Authorization header is not a bearer token.');
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['EdDSA', 'ES256'],
        issuer,
        audience,
        typ: 'at+jwt',
        requiredClaims: ['exp', 'sub'],
      });
      const { sub, roles: held, scope, sid } = claims.parse(payload);
      const scopes = scope.split(' ').filter(Boolean);
      return {
        identity: { kind: 'user', userId: sub, roles: held, scopes },
        expiresAt: (payload.exp ?? 0) * 1_000,
        ...(sid !== undefined && { sessionId: sid }),
      };
    } catch (error) {
      if (keysAreAway(error)) throw new KeysUnavailable('The keys that tokens are verified with can not be had.');
      throw new TokenRefused('The access token is not valid, or has expired.');
    }
  };
}

const NOBODY: Authenticated = { identity: { kind: 'anonymous' } };

/** The key server did not answer, or not with keys. Every other error is the token's. */
const keysAreAway = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  (error as { code?: string }).code === 'ERR_JOSE_GENERIC' || // "Expected 200 OK from the JSON Web Key Set HTTP response"
  (error as Error).message === 'fetch failed'; // as fetch puts it when nobody is reached
