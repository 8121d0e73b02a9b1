import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { expressMiddleware } from '@as-integrations/express5';
import {
  CORRELATION_HEADER,
  measureOperations,
  opsRoutes,
  rejectUnreadableBody,
  traceRequests,
  type Runtime,
} from '@brigade/service-kit/process';
import express from 'express';
import { authenticateWith, type Authenticate } from '../identity/authenticate.ts';
import type { Settings } from '../settings/settings.ts';
import { signIdentityWith } from '../identity/sign-identity.ts';
import { corsFor } from './cors.ts';
import { formatErrors } from './format-error.ts';
import { identify } from '../identity/identify.ts';
import { CompiledGateway } from '../lanes/compiled-gateway.ts';
import { createRouterMetrics } from '../observe/router-metrics.ts';
import { OperationStore } from '../operations/operation-store.ts';
import { PlanningThread } from '../plan/planning-thread.ts';
import { publishedKeys } from '../identity/published-keys.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { SubgraphClients } from '../transport/subgraph-clients.ts';
import type { RouterContext } from './request-context.ts';

/** The one door: `/graphql` over HTTP, health and metrics. Answers once it listens. */
export async function startHttpServer(
  runtime: Runtime,
  settings: Settings,
  supergraphSdl: string,
): Promise<{ port: number; stop(): Promise<void> }> {
  const { log, metrics, health, tracing, stack } = runtime;
  const routerMetrics = createRouterMetrics(metrics);
  const planner = await PlanningThread.open({
    sdl: supergraphSdl,
    timeoutMs: settings.planning.timeoutMs,
    mostWaiting: settings.planning.mostWaiting,
  });
  stack.defer('planner', () => planner.close());
  const supergraph = loadSupergraph(supergraphSdl);
  const subgraphs = new SubgraphClients({
    urls: new Map([...supergraph.subgraphs].map(([name, url]) => [name, settings.supergraph.urls[name] ?? url])),
    timeoutMs: settings.subgraphs.timeoutMs,
    mostBytes: settings.subgraphs.mostResponseBytes,
    tracing,
    metrics: routerMetrics,
  });
  stack.defer('subgraphs', () => subgraphs.close());
  const operations = new OperationStore({
    supergraph,
    plan: planner.plan,
    mostOperations: settings.planning.mostOperations,
    observer: {
      hit: () => routerMetrics.plans.inc({ source: 'kept' }),
      planned(seconds) {
        routerMetrics.plans.inc({ source: 'planned' });
        routerMetrics.planDuration.observe(seconds);
      },
      fellBack(why) {
        routerMetrics.fallbacks.inc();
        log.warn({ why }, 'an operation could not be compiled');
      },
    },
  });
  const identityHeader = settings.subgraphs.identity?.header;
  const gateway = new CompiledGateway(operations, subgraphs, ({ signedIdentity, correlationId }) => ({
    [CORRELATION_HEADER]: correlationId,
    ...(identityHeader && signedIdentity && { [identityHeader]: signedIdentity }),
  }));
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
  app.use(opsRoutes({ health, metrics }));
  app.get('/', (_req, res) => res.redirect('/graphql'));
  app.use(
    '/graphql',
    corsFor(settings.cors.origins),
    express.json({ limit: '1mb' }),
    rejectUnreadableBody,
    traceRequests(tracing),
  );
  const { identity } = settings.subgraphs;
  app.use('/graphql', identify(openAuthentication(runtime, settings), identity && signIdentityWith(identity.secret)));
  app.use('/graphql', expressMiddleware(apollo, { context: async ({ res }) => res.locals.context as RouterContext }));
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(settings.server.port, settings.server.host, resolve);
  });
  return { port: (http.address() as AddressInfo).port, stop: () => apollo.stop() };
}

/** Nobody is asked who they are where no keys are named. */
function openAuthentication({ log, stack }: Runtime, { authentication }: Settings): Authenticate {
  if (!authentication) return async () => ({ kind: 'anonymous' });
  const published = publishedKeys({
    url: authentication.jwksUrl,
    ...(authentication.keysFile && { file: authentication.keysFile }),
    onTrouble: (err, what) => log.warn({ err }, what),
  });
  stack.defer('published keys', async () => published.close());
  return authenticateWith(authentication, published.keys);
}
