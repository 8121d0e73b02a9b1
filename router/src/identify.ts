import {
  CORRELATION_HEADER,
  DependencyUnavailable,
  Unauthenticated,
  runInWork,
  signActor,
} from '@brigade/service-kit/process';
import type express from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Authenticate } from './authenticate.ts';
import type { RouterContext } from './request-context.ts';

const CORRELATION_ID = /^[\w.:-]{1,100}$/;

/**
 * Finds out who is asking and under which correlation id (the client's, if it is well-formed, else a new one, which the
 * answer carries too). A token that is not valid is answered 401, not taken for nobody; one that can't be looked at, 503.
 */
export function identify(authenticate: Authenticate, actorSecret: string): express.RequestHandler {
  return async (req, res, next) => {
    const given = req.get(CORRELATION_HEADER);
    const correlationId = given && CORRELATION_ID.test(given) ? given : uuidv7();
    res.set(CORRELATION_HEADER, correlationId);
    try {
      const actor = await authenticate(req.get('authorization'));
      const context: RouterContext = { correlationId, signedActor: await signActor(actor, actorSecret) };
      res.locals.context = context;
    } catch (error) {
      if (error instanceof DependencyUnavailable) {
        const extensions = { code: 'SUBGRAPH_UNAVAILABLE' };
        res.status(503).json({ errors: [{ message: error.message, extensions }] });
        return;
      }
      if (!(error instanceof Unauthenticated)) return next(error);
      res.status(401).json({ errors: [{ message: error.message, extensions: { code: error.code } }] });
      return;
    }
    runInWork({ correlationId, causationId: correlationId }, next);
  };
}
