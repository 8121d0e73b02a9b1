import { roleSchema } from '@brigade/schema';
import { NotFound } from '@brigade/service-kit';
import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import type { IdentityDeps } from '../deps.ts';
import { AccountSchema, type Account } from '../store/entities.ts';

const inputSchema = z.strictObject({
  userId: z.uuid('must be the id of a user'),
  roles: z.array(roleSchema).min(1, 'must name at least one role'),
});

/**
 * Gives an account other roles. Access tokens that are out keep the old ones until they expire.
 * @throws ZodError, NotFound
 */
export function setRoles({ store }: IdentityDeps, input: z.input<typeof inputSchema>): Promise<Account> {
  const { userId, roles } = inputSchema.parse(input);
  return store.transaction(async (tx) => {
    const account = await tx.findOne(AccountSchema, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!account) throw new NotFound(`There is no user ${userId}.`);
    account.roles = [...new Set(roles)];
    return account;
  });
}
