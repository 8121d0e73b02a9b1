import type { Runtime } from '@brigade/service-kit/process';
import type { Settings } from '../settings/settings.ts';
import { authenticateWith, type Authenticate } from './authenticate.ts';
import { identifyWith, type Identify } from './identify.ts';
import { publishedKeys } from './published-keys.ts';
import { signIdentityWith, type SignIdentity } from './sign-identity.ts';

export interface RequestIdentity {
  readonly identify: Identify;
  /** Absent when subgraphs are not told who asks. */
  readonly sign?: SignIdentity;
}

/** Finds out who asks, and tells subgraphs, as the settings say. */
export function openIdentity(runtime: Runtime, settings: Settings): RequestIdentity {
  const { identity } = settings.subgraphs;
  const sign = identity && signIdentityWith(identity.secret);
  return { identify: identifyWith(openAuthentication(runtime, settings), sign), ...(sign && { sign }) };
}

/** Nobody is asked who they are where no keys are named. */
function openAuthentication({ log, stack }: Runtime, { authentication }: Settings): Authenticate {
  if (!authentication) return async () => ({ identity: { kind: 'anonymous' } });
  const published = publishedKeys({
    url: authentication.jwksUrl,
    ...(authentication.keysFile && { file: authentication.keysFile }),
    onTrouble: (err, what) => log.warn({ err }, what),
  });
  stack.defer('published keys', async () => published.close());
  return authenticateWith(authentication, published.keys);
}
