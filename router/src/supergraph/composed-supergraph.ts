import {
  DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph as ComposedSupergraph,
} from '@apollo/federation-internals';

/** What this router does beyond @apollo/gateway: a supergraph that relies on anything else is refused. */
const ENFORCED = /\/(authenticated|requiresScopes|policy|cost)\/v/;

const FEATURES = new Set([
  ...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  ...[...ROUTER_SUPPORTED_SUPERGRAPH_FEATURES].filter((url) => ENFORCED.test(url)),
]);

/** Apollo's own view of a supergraph. @throws Error that says why the SDL is none */
export const buildComposedSupergraph = (sdl: string): ComposedSupergraph =>
  ComposedSupergraph.build(sdl, { supportedFeatures: FEATURES });

/** As `buildComposedSupergraph`, of a supergraph that was made of a valid one. Its subgraphs are not checked. */
export const buildDerivedSupergraph = (sdl: string): ComposedSupergraph =>
  ComposedSupergraph.build(sdl, { supportedFeatures: FEATURES, validateSupergraph: false });
