import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { Registry } from '../registry.ts';
import { resolversOf } from './resolvers.ts';
import { typeDefs } from './type-defs.ts';

export interface RegistryServer {
  /** What rover takes as `APOLLO_REGISTRY_URL`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves a registry on this machine only. */
export async function serveRegistry(registry: Registry, port = 0): Promise<RegistryServer> {
  const server = new ApolloServer({ typeDefs, resolvers: resolversOf(registry), stopOnTerminationSignals: false });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port } });
  return { url, stop: () => server.stop() };
}
