import { Unauthenticated, type Actor } from '@brigade/service-kit';
import { roleSchema } from '@brigade/schema';
import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

const claims = z.object({ sub: z.uuid(), roles: z.array(roleSchema) });

/** Answers who is asking, from the `Authorization` header. No header: anonymous. */
export type Authenticate = (authorization: string | undefined) => Promise<Actor>;

/**
 * Verifies access tokens against published keys: EdDSA or ES256 only, with issuer, audience, expiry and type.
 * The verifier throws Unauthenticated for every header that is not a valid bearer token.
 */
export function authenticateWith(options: {
  jwksUrl: string;
  issuer: string;
  audience: string;
  keys?: JWTVerifyGetKey;
}): Authenticate {
  const keys =
    options.keys ?? createRemoteJWKSet(new URL(options.jwksUrl), { cooldownDuration: 5_000, timeoutDuration: 3_000 });
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
    } catch {
      throw new Unauthenticated('The access token is not valid, or has expired.');
    }
  };
}
