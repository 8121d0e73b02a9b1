import { z } from 'zod';
import type { Room } from '../dining-room/dining-room-store.ts';
import { DiningRoomUnavailable } from '../dining-room/errors.ts';
import type { DiningRoomDeps } from '../dining-room/open-dining-room.ts';

/** Of virtual guests, orders a minute. */
export const pace = z.coerce.number().int().min(1).max(240);

const changeSchema = z.object({
  open: z.boolean(),
  ordersPerMinute: pace.nullish(),
  seed: z.int32().nullish(),
});

/**
 * Opens the dining room, changes its pace or its seed, or closes it.
 * @throws DiningRoomUnavailable when it is to be opened and nobody knows the router
 * @throws ZodError for a pace that is not 1 to 240
 */
export async function setDiningRoom({ store, wake }: DiningRoomDeps, input: unknown): Promise<Room> {
  const { open, ordersPerMinute, seed } = changeSchema.parse(input);
  if (open && !wake) throw new DiningRoomUnavailable();
  const room = await store.change({ open, ordersPerMinute: ordersPerMinute ?? undefined, seed: seed ?? undefined });
  wake?.();
  return room;
}
