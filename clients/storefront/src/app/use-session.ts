import type { Session } from '@brigade/graphql';
import { useSyncExternalStore } from 'react';
import { session } from './services.ts';

/** Who is signed in; undefined when nobody is. */
export const useSession = (): Session | undefined => useSyncExternalStore(session.subscribe, () => session.current);
