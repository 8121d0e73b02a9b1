import { isStaff, type Actor } from '@brigade/service-kit';
import type { Account } from '../store/entities.ts';
import type { User } from './user.type.ts';

const maySee = (actor: Actor, account: Account): boolean =>
  actor.kind === 'service' || isStaff(actor) || (actor.kind === 'user' && actor.userId === account.id);

/** The account as its owner sees it. */
export const ownUser = ({ id, email, name, roles }: Account): User => ({ id, email, name, roles });

/** The account as this actor may see it. */
export const userFor = (actor: Actor, account: Account): User =>
  maySee(actor, account) ? ownUser(account) : { id: account.id, email: null, name: null, roles: [] };
