import { ListOfAbout, NotFound, requireRole, type RequestContext } from '@brigade/service-kit';
import type { Telemetry } from '@brigade/schema';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { KitchenDeps } from '../deps.ts';
import { telemetryStream } from '../telemetry/telemetry-stream.ts';
import { telemetryForApi } from './station-from-row.ts';
import { stationLoader } from './station.loader.ts';
import { StationTelemetry } from './station.type.ts';

/** A class for these dependencies: what a subscription subscribes to is decided where no instance is at hand. */
export function stationTelemetryResolver(deps: KitchenDeps) {
  @Resolver()
  class StationTelemetryResolver {
    @Subscription(() => StationTelemetry, {
      description: 'The readings of a station, ten a second at most; in between the newest counts. For staff.',
      async subscribe({ args, context }) {
        const request = context as RequestContext;
        requireRole(request.actor, 'STAFF', 'MANAGER', 'ADMIN');
        const { stationId } = args as { stationId: string };
        if (!(await stationLoader(request, deps).load(stationId))) {
          throw new NotFound(`There is no station ${stationId}.`);
        }
        return telemetryStream(deps.telemetry, (deviceId) => deviceId === stationId);
      },
    })
    stationTelemetry(
      @Root() [reading]: readonly [Telemetry],
      @Arg('stationId', () => ID, { description: 'Id of the station.' }) _stationId: string,
    ): StationTelemetry {
      return telemetryForApi(reading);
    }

    @ListOfAbout(20)
    @Subscription(() => [StationTelemetry], {
      description:
        'The readings of the whole kitchen, ten times a second at most: each time the newest of every station that has a new one. For staff.',
      subscribe({ context }) {
        requireRole((context as RequestContext).actor, 'STAFF', 'MANAGER', 'ADMIN');
        return telemetryStream(deps.telemetry, () => true);
      },
    })
    kitchenTelemetry(@Root() readings: readonly Telemetry[]): StationTelemetry[] {
      return readings.map(telemetryForApi);
    }
  }
  return StationTelemetryResolver;
}
