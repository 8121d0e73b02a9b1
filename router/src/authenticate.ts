import { DependencyUnavailable, Unauthenticated, type Actor } from '@brigade/service-kit/process';
import { roleSchema } from '@brigade/schema';
import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

const claims = z.object({ sub: z.uuid(), roles: z.array(roleSchema) });

/** Answers who is asking, from the `Authorization` header. No header: anonymous. */
export type Authenticate = (authorization: string | undefined) => Promise<Actor>;

/**
 * Verifies access tokens against published keys: EdDSA or ES256 only, with issuer, audience, expiry and type.
 * The verifier throws Unauthenticated for every header that is not a valid bearer token, and DependencyUnavailable when
 * there are no keys to tell: a guest whose token can't be looked at must not be told to log in again.
 */
export function authenticateWith(options: { keys: JWTVerifyGetKey; issuer: string; audience: string }): Authenticate {
  const { keys } = options;
  return async (authorization) => {
    if (authorization === undefined) return { kind: 'anonymous' };
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (!token) throw new Unauthenticated('The Authorization header is not a bearer token.');
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['EdDSA', 'ES256'],
        issuer: options.issuer,
        audience: options.audience,
        typ: 'at+jwt',
        requiredClaims: ['exp', 'sub'],
      });
      const { sub, roles } = claims.parse(payload);
      return { kind: 'user', userId: sub, roles };
    } catch (error) {
      if (keysAreAway(error)) throw new DependencyUnavailable('The keys that tokens are verified with can not be had.');
      throw new Unauthenticated('The access token is not valid, or has expired.');
    }
  };
}

/** The key server did not answer, or not with keys. Every other error is the token's. */
const keysAreAway = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  (error as { code?: string }).code === 'ERR_JOSE_GENERIC' || // "Expected 200 OK from the JSON Web Key Set HTTP response"
  (error as Error).message === 'fetch failed'; // as fetch puts it when nobody is reached
