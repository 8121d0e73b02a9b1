import type { Runtime } from '@brigade/service-kit/process';
import type { Redis } from 'ioredis';
import type { Settings } from '../settings/settings.ts';
import { authenticateWith, type Authenticate } from './authenticate.ts';
import { identifyWith, type Identify } from './identify.ts';
import { TokenRefused, type Authenticated } from './identity.ts';
import { publishedKeys } from './published-keys.ts';
import { rememberVerified } from './remember-verified.ts';
import { Revocations } from './revocations.ts';
import { signIdentityWith, type SignIdentity } from './sign-identity.ts';

export interface RequestIdentity {
  readonly identify: Identify;
  /** Absent when subgraphs are not told who asks. */
  readonly sign?: SignIdentity;
  /** Absent when sessions end only with their tokens. */
  readonly revocations?: Revocations;
}

/** Finds out who asks, and tells subgraphs, as the settings say. @param redis where ended sessions are told */
export function openIdentity(runtime: Runtime, settings: Settings, redis: Redis | undefined): RequestIdentity {
  const { identity } = settings.subgraphs;
  const sign = identity && signIdentityWith(identity.secret);
  const revocations = openRevocations(runtime, settings, redis);
  const authenticate = openAuthentication(runtime, settings, revocations);
  const { trustedProxies } = settings.server;
  return {
    identify: identifyWith({ authenticate, sign, trustedProxies, explains: settings.introspection }),
    ...(sign && { sign }),
    ...(revocations && { revocations }),
  };
}

function openRevocations(
  { log, stack }: Runtime,
  { authentication }: Settings,
  redis: Redis | undefined,
): Revocations | undefined {
  if (!redis || !authentication?.revocations) return undefined;
  const revocations = new Revocations({
    redis,
    ...authentication.revocations,
    onTrouble: (err) => log.warn({ err }, 'ended sessions could not be read'),
  });
  redis.on('ready', () => void revocations.read());
  stack.defer('revocations', async () => revocations.close());
  return revocations;
}

/** Nobody is asked who they are where no keys are named. */
function openAuthentication(
  { log, stack }: Runtime,
  { authentication }: Settings,
  revocations: Revocations | undefined,
): Authenticate {
  if (!authentication) return () => NOBODY;
  const published = publishedKeys({
    url: authentication.jwksUrl,
    ...(authentication.keysFile && { file: authentication.keysFile }),
    onTrouble: (err, what) => log.warn({ err }, what),
  });
  stack.defer('published keys', async () => published.close());
  const verified = rememberVerified(authenticateWith(authentication, published.keys));
  const refuseEnded = (authenticated: Authenticated): Authenticated => {
    if (authenticated.sessionId !== undefined && revocations?.has(authenticated.sessionId)) {
      throw new TokenRefused('The session of the access token has ended.');
    }
    return authenticated;
  };
  return (authorization) => {
    const authenticated = verified(authorization);
    return authenticated instanceof Promise ? authenticated.then(refuseEnded) : refuseEnded(authenticated);
  };
}

const NOBODY: Authenticated = { identity: { kind: 'anonymous' } };
