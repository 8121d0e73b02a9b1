import type { PostgresOrm, Runtime } from '@brigade/service-kit';
import { DiningRoom } from './dining-room.ts';
import { DiningRoomStore } from './dining-room-store.ts';
import { GuestStore } from './guest-store.ts';
import { PublicApi } from './public-api.ts';
import { VirtualGuests } from './virtual-guests.ts';

/** What the API does with the room. */
export interface DiningRoomDeps {
  readonly store: DiningRoomStore;
  /** Called when the room was changed; absent where it can't be opened. */
  readonly wake?: () => void;
}

/**
 * The dining room, run by this process where it knows the router; closed with the runtime.
 * @param openAt orders a minute, to open it now
 */
export async function openDiningRoom(
  { log, stack }: Runtime,
  orm: PostgresOrm,
  routerUrl: string | undefined,
  openAt: number | undefined,
): Promise<DiningRoomDeps> {
  const store = new DiningRoomStore(orm);
  if (routerUrl === undefined) return { store };
  if (openAt !== undefined) await store.change({ open: true, ordersPerMinute: openAt });
  const closing = new AbortController();
  const guests = new VirtualGuests(new PublicApi(routerUrl, closing.signal), new GuestStore(orm));
  const room = new DiningRoom({ store, guests, log });
  stack.defer('dining room', () => {
    // The router may wait for this very process to answer: what is asked for now is not waited for.
    closing.abort();
    return room.stop();
  });
  return { store, wake: () => room.wake() };
}
