import type { Role } from '@brigade/schema';
import type { EntityManager, PostgresMessageStore } from '@brigade/service-kit';
import { userRegisteredMessage } from '../messaging/publishes.ts';
import { AccountSchema, type Account } from './entities.ts';

export interface NewAccount {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  roles: Role[];
  createdAt: Date;
}

/**
 * A new account and the news of it, in one transaction.
 * @throws UniqueConstraintViolationException when the address has an account
 */
export async function addAccount(
  store: PostgresMessageStore,
  tx: EntityManager,
  account: NewAccount,
): Promise<Account> {
  await tx.insert(AccountSchema, account);
  await store.addToOutbox(tx, [userRegisteredMessage(account)]);
  return account as Account;
}
