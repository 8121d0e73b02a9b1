import { DateTime, ForStaff, ListOfAbout, NotFound, type RequestContext, requireRole } from '@brigade/service-kit';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { KitchenDeps } from '../deps.ts';
import { readStations, stationLoader } from './station.loader.ts';
import { stationHistoryLoader } from './station-history.loader.ts';
import { DeviceFault, Station, StationJob, StationTelemetry } from './station.type.ts';
import { MOST_POINTS, readWindow } from './time-window.ts';

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

  @ForStaff()
  @ListOfAbout(120)
  @FieldResolver(() => [StationTelemetry], {
    description:
      'Readings between two times, oldest first, thinned evenly to at most `points`; one a second is kept, for an hour. None while the store of readings is away. For staff.',
  })
  async history(
    @Root() station: Station,
    @Arg('from', () => DateTime, { description: 'Read at or after; at most an hour before `to`.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'Read at or before.' }) to: Date,
    @Arg('points', () => Int, { defaultValue: 120, description: `How many at most, 1 to ${MOST_POINTS}.` })
    points: number,
    @Ctx() context: RequestContext,
  ): Promise<StationTelemetry[]> {
    requireRole(context.actor, 'STAFF', 'MANAGER', 'ADMIN');
    const window = readWindow(from, to, points);
    return stationHistoryLoader(context, this.deps).load({ stationId: station.id, ...window });
  }
}

@Resolver(() => StationJob)
export class StationJobResolver {
  constructor(private readonly deps: KitchenDeps) {}

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The ticket whose food it is; null when it is not known any more.',
  })
  async ticketId(@Root() { jobId, knownTicketId }: StationJob): Promise<string | null> {
    return knownTicketId === undefined ? this.deps.jobTickets.of(jobId) : knownTicketId;
  }
}
