import type { SubgraphParts } from '@brigade/service-kit';
import type { PlatformApi } from '../deps.ts';
import { DeadLetterResolver } from './dead-letter.resolver.ts';
import { DiningRoomResolver } from './dining-room.resolver.ts';
import { SystemMapResolver } from './system-map.resolver.ts';

/** This subgraph's part of the supergraph. */
export const platformSchema = (deps: PlatformApi): SubgraphParts => ({
  resolvers: [DeadLetterResolver, SystemMapResolver, DiningRoomResolver],
  container: { get: (resolver: new (deps: PlatformApi) => object) => new resolver(deps) },
});
