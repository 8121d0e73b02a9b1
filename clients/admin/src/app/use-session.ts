import type { Role, Session } from '@brigade/graphql';
import { useSyncExternalStore } from 'react';
import { session } from './services.ts';

/** Who is signed in; undefined when nobody is. */
export const useSession = (): Session | undefined => useSyncExternalStore(session.subscribe, () => session.current);

const rank: Record<Role, number> = { GUEST: 0, STAFF: 1, MANAGER: 2, ADMIN: 3 };

/** Whether somebody may do what this role may. The router decides; this only spares the button. */
export const isAtLeast = (who: Session | undefined, role: Role): boolean =>
  who?.user.roles.some((one) => rank[one] >= rank[role]) ?? false;
