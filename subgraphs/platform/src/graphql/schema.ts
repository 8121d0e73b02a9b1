import type { SubgraphParts } from '@brigade/service-kit';
import type { PlatformDeps } from '../deps.ts';
import { DeadLetterResolver } from './dead-letter.resolver.ts';

/** This subgraph's part of the supergraph. */
export const platformSchema = (deps: PlatformDeps): SubgraphParts => ({
  resolvers: [DeadLetterResolver],
  container: { get: (resolver: new (deps: PlatformDeps) => object) => new resolver(deps) },
});
