import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { EmailTaken } from '../account/errors.ts';
import { hashPassword } from '../account/password.ts';
import { registrationSchema } from '../account/registration.ts';
import type { IdentityDeps } from '../deps.ts';
import { addAccount } from '../store/add-account.ts';
import { startSession } from '../store/sessions.ts';
import { authenticated, type Authenticated } from './authenticated.ts';

/**
 * Opens a guest's account and a first session.
 * @throws ZodError for input that breaks a rule, EmailTaken
 */
export async function register(deps: IdentityDeps, input: unknown): Promise<Authenticated> {
  const { email, password, name } = registrationSchema.parse(input);
  const passwordHash = await hashPassword(password);
  const now = deps.now();
  try {
    const [account, session] = await deps.store.transaction(async (tx) => {
      const added = await addAccount(deps.store, tx, {
        id: uuidv7(),
        email,
        name,
        passwordHash,
        roles: ['GUEST'],
        createdAt: now,
      });
      return [added, await startSession(tx, added.id, now, deps.times.refreshMs)] as const;
    });
    return await authenticated(deps, account, session);
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw new EmailTaken();
    throw error;
  }
}
