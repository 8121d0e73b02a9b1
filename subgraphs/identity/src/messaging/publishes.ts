import { userRegistered, type Envelope, type Role } from '@brigade/schema';
import { createMessage } from '@brigade/service-kit';

/** What goes out: that there is a new account. Nothing comes in. */
export const userRegisteredMessage = (account: { id: string; name: string; roles: Role[] }): Envelope =>
  createMessage(userRegistered, account.id, { userId: account.id, name: account.name, roles: account.roles });
