import { InvalidCredentials } from '../account/errors.ts';
import { verifyPassword } from '../account/password.ts';
import { loginSchema } from '../account/registration.ts';
import type { IdentityDeps } from '../deps.ts';
import { AccountSchema } from '../store/entities.ts';
import { startSession } from '../store/sessions.ts';
import { authenticated, type Authenticated } from './authenticated.ts';

/** @throws InvalidCredentials, the same and after the same work for an unknown address and for a wrong password */
export async function login(deps: IdentityDeps, input: unknown): Promise<Authenticated> {
  const { email, password } = loginSchema.parse(input);
  const account = await deps.orm.em.fork().findOne(AccountSchema, { email });
  const matches = await verifyPassword(account?.passwordHash, password, () => deps.passwordComparisons.inc());
  if (!account || !matches) throw new InvalidCredentials();
  const session = await deps.store.transaction((tx) => startSession(tx, account.id, deps.now(), deps.times.refreshMs));
  return authenticated(deps, account, session);
}
