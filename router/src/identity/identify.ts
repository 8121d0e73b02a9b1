import type { IncomingMessage } from 'node:http';
import { CORRELATION_HEADER } from '@brigade/service-kit/process';
import { v7 as uuidv7 } from 'uuid';
import type { RouterContext } from '../http/request-context.ts';
import { refusal } from '../pipeline/refusal.ts';
import type { Authenticate } from './authenticate.ts';
import { KeysUnavailable, TokenRefused } from './identity.ts';
import type { SignIdentity } from './sign-identity.ts';

const CORRELATION_ID = /^[\w.:-]{1,100}$/;

/** Finds out who is asking. @throws Refusal: 401 for a token that is not valid, 503 for one that can't be looked at */
export type Identify = (authorization: string | undefined, correlationId: string) => Promise<RouterContext>;

export function identifyWith(authenticate: Authenticate, sign: SignIdentity | undefined): Identify {
  return async (authorization, correlationId) => {
    try {
      const authenticated = await authenticate(authorization);
      return { ...authenticated, correlationId, ...(sign && { signedIdentity: await sign(authenticated.identity) }) };
    } catch (error) {
      if (error instanceof TokenRefused) throw refusal(401, error.code, error.message);
      if (error instanceof KeysUnavailable) throw refusal(503, error.code, error.message);
      throw error;
    }
  };
}

/** The client's correlation id if it is well-formed, else a new one. */
export function correlationIdOf(req: IncomingMessage): string {
  const given = req.headers[CORRELATION_HEADER];
  return typeof given === 'string' && CORRELATION_ID.test(given) ? given : uuidv7();
}
