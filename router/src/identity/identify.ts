import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CORRELATION_HEADER } from '@brigade/service-kit/process';
import { clientAddress } from '../http/client-address.ts';
import type { RouterContext } from '../http/request-context.ts';
import { refusal } from '../pipeline/refusal.ts';
import type { Authenticate } from './authenticate.ts';
import { KeysUnavailable, TokenRefused } from './identity.ts';
import type { SignIdentity } from './sign-identity.ts';

/** Asks for `extensions.debug`. */
export const EXPLAIN_HEADER = 'x-brigade-debug';

const CORRELATION_ID = /^[\w.:-]{1,100}$/;

/**
 * Finds out who is asking.
 * @param authorization in place of the header of the same name
 * @throws Refusal: 401 for a token that is not valid, 503 for one that can't be looked at
 */
export type Identify = (req: IncomingMessage, correlationId: string, authorization?: string) => Promise<RouterContext>;

export interface IdentifyOptions {
  readonly authenticate: Authenticate;
  readonly sign?: SignIdentity | undefined;
  readonly trustedProxies: number;
  /** Whether clients may ask how they are served. */
  readonly explains: boolean;
}

export function identifyWith({ authenticate, sign, trustedProxies, explains }: IdentifyOptions): Identify {
  return async (req, correlationId, authorization = req.headers.authorization) => {
    const address = clientAddress(req, trustedProxies);
    const explain = explains && req.headers[EXPLAIN_HEADER] !== undefined;
    try {
      // What is remembered is there at once; it need not wait for its turn.
      const found = authenticate(authorization);
      const authenticated = found instanceof Promise ? await found : found;
      const signed = sign?.(authenticated.identity);
      const signedIdentity = signed instanceof Promise ? await signed : signed;
      return {
        ...authenticated,
        correlationId,
        address,
        ...(signedIdentity !== undefined && { signedIdentity }),
        ...(explain && { explain }),
      };
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
  return typeof given === 'string' && CORRELATION_ID.test(given) ? given : randomUUID();
}
