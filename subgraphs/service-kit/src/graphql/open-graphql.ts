import type express from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Service } from '../lifecycle/service.ts';
import type { Runtime } from '../runtime.ts';
import { startSubgraphServer } from './subgraph-server.ts';

/**
 * The last step of a subgraph's start: its server listens, and the answer is the running service. On stop it turns not
 * ready, ends what is under way, and closes everything that the runtime has open, last opened first.
 */
export async function openGraphql(
  runtime: Runtime,
  config: { HOST: string; ACTOR_SECRET: string },
  options: { port: number; schema: GraphQLSchema; routes?: (app: express.Express) => void },
): Promise<Service> {
  const { name, health, metrics, errors, tracing, log, stack } = runtime;
  const server = await startSubgraphServer({
    ...options,
    host: config.HOST,
    actorSecret: config.ACTOR_SECRET,
    health,
    metrics,
    errors,
    tracing,
    log,
  });
  stack.defer('http', () => server.stop());
  log.info({ port: server.port }, 'listening');
  return {
    name,
    port: server.port,
    async stop() {
      health.drain();
      await stack.close();
      log.info('stopped');
    },
  };
}
