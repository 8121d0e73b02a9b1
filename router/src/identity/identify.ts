import { CORRELATION_HEADER, runInWork } from '@brigade/service-kit/process';
import type express from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Authenticate } from './authenticate.ts';
import type { RouterContext } from '../http/request-context.ts';
import { KeysUnavailable, TokenRefused } from './identity.ts';
import type { SignIdentity } from './sign-identity.ts';

const CORRELATION_ID = /^[\w.:-]{1,100}$/;

/**
 * Finds out who is asking and under which correlation id (the client's, if it is well-formed, else a new one, which the
 * answer carries too). A token that is not valid is answered 401, not taken for nobody; one that can't be looked at, 503.
 */
export function identify(authenticate: Authenticate, sign: SignIdentity | undefined): express.RequestHandler {
  return async (req, res, next) => {
    const given = req.get(CORRELATION_HEADER);
    const correlationId = given && CORRELATION_ID.test(given) ? given : uuidv7();
    res.set(CORRELATION_HEADER, correlationId);
    try {
      const identity = await authenticate(req.get('authorization'));
      const context: RouterContext = { correlationId, identity, ...(sign && { signedIdentity: await sign(identity) }) };
      res.locals.context = context;
    } catch (error) {
      if (!(error instanceof KeysUnavailable || error instanceof TokenRefused)) return next(error);
      const status = error instanceof KeysUnavailable ? 503 : 401;
      res.status(status).json({ errors: [{ message: error.message, extensions: { code: error.code } }] });
      return;
    }
    runInWork({ correlationId, causationId: correlationId }, next);
  };
}
