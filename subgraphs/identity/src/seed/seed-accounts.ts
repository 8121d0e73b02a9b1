import type { Role } from '@brigade/schema';
import type { PostgresMessageStore } from '@brigade/service-kit';
import { hashPassword } from '../account/password.ts';
import { addAccount } from '../store/add-account.ts';
import { AccountSchema } from '../store/entities.ts';

interface DemoAccount {
  id: string;
  email: string;
  name: string;
  role: Role;
}

/** One account of each role. Ids are constants, so every demonstration has the same. */
export const demoAccounts: readonly DemoAccount[] = [
  { id: '01950000-0000-7000-8000-400000000001', email: 'guest@brigade.test', name: 'Gwen Guest', role: 'GUEST' },
  { id: '01950000-0000-7000-8000-400000000002', email: 'staff@brigade.test', name: 'Sam Staff', role: 'STAFF' },
  { id: '01950000-0000-7000-8000-400000000003', email: 'manager@brigade.test', name: 'Mona Manager', role: 'MANAGER' },
  { id: '01950000-0000-7000-8000-400000000004', email: 'admin@brigade.test', name: 'Adam Admin', role: 'ADMIN' },
];

/** Adds the demonstration accounts that are missing; leaves those that are there as they are. Answers how many. */
export async function seedAccounts(store: PostgresMessageStore, password: string): Promise<number> {
  const passwordHash = await hashPassword(password);
  return store.transaction(async (tx) => {
    const there = await tx.find(AccountSchema, { email: { $in: demoAccounts.map(({ email }) => email) } });
    const taken = new Set(there.map(({ email }) => email));
    const missing = demoAccounts.filter(({ email }) => !taken.has(email));
    for (const { role, ...account } of missing) {
      await addAccount(store, tx, { ...account, passwordHash, roles: [role], createdAt: new Date() });
    }
    return missing.length;
  });
}
