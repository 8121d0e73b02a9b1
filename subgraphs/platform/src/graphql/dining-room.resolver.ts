import { ForStaff, requireRole, type RequestContext } from '@brigade/service-kit';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { PlatformApi } from '../deps.ts';
import { setDiningRoom } from '../use-cases/set-dining-room.ts';
import { DiningRoom, SetDiningRoomInput, SetDiningRoomPayload } from './dining-room.type.ts';

@Resolver(() => DiningRoom)
export class DiningRoomResolver {
  constructor(private readonly deps: PlatformApi) {}

  @ForStaff()
  @Query(() => DiningRoom, { description: 'The dining room of virtual guests; for staff.' })
  diningRoom(@Ctx() { actor }: RequestContext): Promise<DiningRoom> {
    requireRole(actor, 'STAFF', 'MANAGER', 'ADMIN');
    return this.deps.diningRoom.store.read();
  }

  @Mutation(() => SetDiningRoomPayload, {
    description:
      'Opens the dining room, changes it, or closes it; for managers. Refusals: `FORBIDDEN`, `BAD_USER_INPUT`, `DINING_ROOM_UNAVAILABLE` (platform was not told where the router is).',
  })
  async setDiningRoom(
    @Arg('input', () => SetDiningRoomInput, { description: 'How it is to be.' }) input: SetDiningRoomInput,
    @Ctx() { actor, log }: RequestContext,
  ): Promise<SetDiningRoomPayload> {
    const { userId } = requireRole(actor, 'MANAGER', 'ADMIN');
    const diningRoom = await setDiningRoom(this.deps.diningRoom, input);
    const { open, ordersPerMinute, seed } = input;
    log.info({ userId, open, ordersPerMinute, seed }, 'the dining room was changed');
    return { diningRoom };
  }
}
