import { ForStaff, ListOfAbout, NotFound, type RequestContext, requireRole } from '@brigade/service-kit';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { KitchenDeps } from '../deps.ts';
import { readStations, stationLoader } from './station.loader.ts';
import { DeviceFault, Station } from './station.type.ts';

@Resolver(() => Station)
export class StationResolver {
  constructor(private readonly deps: KitchenDeps) {}

  @ForStaff()
  @ListOfAbout(10)
  @Query(() => [Station], { description: 'Every station of the kitchen; for staff.' })
  async stations(@Ctx() { actor }: RequestContext): Promise<Station[]> {
    requireRole(actor, 'STAFF', 'MANAGER', 'ADMIN');
    return readStations(this.deps);
  }

  @ForStaff()
  @Query(() => Station, { nullable: true, description: 'One station, null where there is none; for staff.' })
  async station(
    @Arg('id', () => ID, { description: 'Id of the station.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Station | null> {
    requireRole(context.actor, 'STAFF', 'MANAGER', 'ADMIN');
    return stationLoader(context, this.deps).load(id);
  }

  @Mutation(() => Station, {
    description:
      'Breaks or mends a device, for demonstrations; for managers. The device shows what follows. Refusals: `FORBIDDEN`, `NOT_FOUND`.',
  })
  async injectFault(
    @Arg('stationId', () => ID, { description: 'Id of the station.' }) stationId: string,
    @Arg('fault', () => DeviceFault, { description: 'What to break or mend.' }) fault: DeviceFault,
    @Arg('active', () => Boolean, { description: 'True breaks it, false mends it.' }) active: boolean,
    @Ctx() context: RequestContext,
  ): Promise<Station> {
    requireRole(context.actor, 'MANAGER', 'ADMIN');
    const station = await stationLoader(context, this.deps).load(stationId);
    if (!station) throw new NotFound(`There is no station ${stationId}.`);
    await this.deps.work(async (work) => work.tell({ type: 'SET_FAULT', deviceId: stationId, fault, active }));
    return station;
  }
}
