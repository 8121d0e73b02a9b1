import { z } from 'zod';
import { defineMessage } from './define-message.ts';
import { ids } from './example-ids.ts';
import { text } from './text.ts';

export const roles = ['GUEST', 'STAFF', 'MANAGER', 'ADMIN'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** An account was made. Carries no address and no secret. */
export const userRegistered = defineMessage(
  'identity.user-registered.v1',
  z.strictObject({ userId: z.uuid(), name: text({ min: 0 }), roles: z.array(roleSchema).min(1) }),
  { userId: ids.user, name: 'Ada', roles: ['GUEST'] },
);
