import { isEnded, type TicketState } from '../twin/ticket-log.ts';
import type { Room } from './layout.ts';

/** Where a ticket hangs: metres along the rail, and how many hang above it. */
export interface Hook {
  readonly x: number;
  readonly row: number;
}

const WIDTH = 0.86;

/**
 * New tickets come in at the left end and wait there, side by side; a station's hang under each other above it; what
 * has ended leaves at the right end, where the pass is.
 */
export function hangTickets(
  tickets: readonly TicketState[],
  room: Pick<Room, 'width' | 'places'>,
): ReadonlyMap<string, Hook> {
  const left = room.width / -2 + WIDTH / 2;
  const right = room.width / 2 + WIDTH;
  const columns = Math.max(1, Math.floor(2 / WIDTH));
  const hooks = new Map<string, Hook>();
  const at = new Map<number, number>();
  let waiting = 0;
  for (const { ticketId, status, stationId } of tickets) {
    const place = stationId === null ? undefined : room.places.get(stationId);
    if (isEnded(status)) hooks.set(ticketId, { x: right, row: 0 });
    else if (place && status !== 'QUEUED' && status !== 'RECALLED') {
      // Rows of stations stand one behind the other: their tickets share the rail above, and hang under each other.
      const key = Math.round(place.x / WIDTH);
      const row = at.get(key) ?? 0;
      at.set(key, row + 1);
      hooks.set(ticketId, { x: key * WIDTH, row });
    } else {
      hooks.set(ticketId, { x: left + (waiting % columns) * WIDTH, row: Math.floor(waiting / columns) });
      waiting += 1;
    }
  }
  return hooks;
}
