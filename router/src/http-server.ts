import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { ApolloGateway } from '@apollo/gateway';
import { expressMiddleware } from '@as-integrations/express5';
import {
  measureOperations,
  opsRoutes,
  rejectUnreadableBody,
  traceRequests,
  type Runtime,
} from '@brigade/service-kit/process';
import express from 'express';
import { authenticateWith } from './authenticate.ts';
import type { RouterConfig } from './config.ts';
import { corsFor } from './cors.ts';
import { formatErrors } from './format-error.ts';
import { identify } from './identify.ts';
import { publishedKeys } from './published-keys.ts';
import type { RouterContext } from './request-context.ts';
import { subgraphSource } from './subgraph-source.ts';

/** The one door: `/graphql` over HTTP, health and metrics. Answers once it listens. */
export async function startHttpServer(
  runtime: Runtime,
  config: RouterConfig,
  supergraphSdl: string,
): Promise<{ port: number; stop(): Promise<void> }> {
  const { log, metrics, health, tracing, stack } = runtime;
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) => subgraphSource(config.subgraphUrls[name] ?? url ?? '', config.SUBGRAPH_TIMEOUT_MS),
    logger: log,
  });
  const app = express().disable('x-powered-by');
  const http = createServer(app);
  const apollo = new ApolloServer<RouterContext>({
    gateway,
    introspection: true,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: formatErrors(log),
    logger: log,
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginLandingPageLocalDefault({ footer: false }),
      measureOperations(metrics),
    ],
  });
  await apollo.start();
  const published = publishedKeys({
    url: config.JWKS_URL,
    ...(config.JWKS_FILE && { file: config.JWKS_FILE }),
    onTrouble: (err, what) => log.warn({ err }, what),
  });
  stack.defer('published keys', async () => published.close());
  const authenticate = authenticateWith({
    keys: published.keys,
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
  });
  app.use(opsRoutes({ health, metrics }));
  app.get('/', (_req, res) => res.redirect('/graphql'));
  app.use(
    '/graphql',
    corsFor(config.CORS_ORIGINS),
    express.json({ limit: '1mb' }),
    rejectUnreadableBody,
    traceRequests(tracing),
  );
  app.use('/graphql', identify(authenticate, config.ACTOR_SECRET));
  app.use('/graphql', expressMiddleware(apollo, { context: async ({ res }) => res.locals.context as RouterContext }));
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.ROUTER_PORT, config.HOST, resolve);
  });
  return { port: (http.address() as AddressInfo).port, stop: () => apollo.stop() };
}
