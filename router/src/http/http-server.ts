import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { expressMiddleware } from '@as-integrations/express5';
import {
  CORRELATION_HEADER,
  runInWork,
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
import { allowOrigins } from './cors.ts';
import { formatErrors } from './format-error.ts';
import { correlationIdOf, identifyWith, type Identify } from '../identity/identify.ts';
import { EngineGateway } from '../lanes/compatibility-lane.ts';
import { FastLane, isUsual } from '../lanes/fast-lane.ts';
import { Engine } from '../pipeline/engine.ts';
import { Refusal } from '../pipeline/refusal.ts';
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
    rules: settings,
    mostOperations: settings.planning.mostOperations,
    observer: {
      kept: () => routerMetrics.plans.inc({ source: 'kept' }),
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
  const engine = new Engine({
    operations,
    subgraphs,
    headersOf: ({ signedIdentity, correlationId }) => ({
      [CORRELATION_HEADER]: correlationId,
      ...(identityHeader && signedIdentity && { [identityHeader]: signedIdentity }),
    }),
  });
  const { identity } = settings.subgraphs;
  const identify = identifyWith(openAuthentication(runtime, settings), identity && signIdentityWith(identity.secret));
  const allowOrigin = allowOrigins(settings.cors.origins);
  const app = express().disable('x-powered-by');
  const formatError = formatErrors(log);
  const fastLane = new FastLane({
    engine,
    identify,
    allowOrigin,
    formatError: (error) => formatError(error, error),
    mostBodyBytes: settings.limits.bodyBytes,
    tracing,
    metrics,
    log,
    handOver(req, res, body) {
      Object.assign(req, { body });
      app(req, res);
    },
  });
  const http = createServer((req, res) => (isUsual(req) ? fastLane.handle(req, res) : app(req, res)));
  const apollo = new ApolloServer<RouterContext>({
    gateway: new EngineGateway(engine),
    introspection: settings.introspection,
    hideSchemaDetailsFromClientErrors: !settings.introspection,
    parseOptions: { maxTokens: settings.limits.tokens },
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError,
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
  app.use('/graphql', (req, res, next) => {
    allowOrigin(req, res);
    if (req.method === 'OPTIONS') res.status(204).end();
    else next();
  });
  app.use(
    '/graphql',
    express.json({ limit: settings.limits.bodyBytes }),
    rejectUnreadableBody,
    traceRequests(tracing),
    identified(identify),
    expressMiddleware(apollo, { context: async ({ res }) => res.locals.context as RouterContext }),
  );
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

/** Goes on only with requests of which it is known who asks, or that nobody does. */
function identified(identify: Identify): express.RequestHandler {
  return async (req, res, next) => {
    const correlationId = correlationIdOf(req);
    res.set(CORRELATION_HEADER, correlationId);
    try {
      res.locals.context = await identify(req, correlationId);
    } catch (error) {
      if (!(error instanceof Refusal)) return next(error);
      res.status(error.status).json({ errors: error.errors });
      return;
    }
    runInWork({ correlationId, causationId: correlationId }, next);
  };
}
