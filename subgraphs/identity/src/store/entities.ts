import type { Role } from '@brigade/schema';
import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';

export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    email: p.string(),
    name: p.string(),
    passwordHash: p.string(),
    roles: p.json<Role[]>(),
    createdAt: p.datetime(),
  },
});
export type Account = InferEntity<typeof AccountSchema>;

export const entities = [AccountSchema];
