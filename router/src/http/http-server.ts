import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drainable, KEEP_ALIVE_MS, lingering, opsRoutes, type Runtime } from '@brigade/service-kit/process';
import express from 'express';
import type { GraphQLFormattedError } from 'graphql';
import { graphiqlPage } from '../graphiql/graphiql-page.ts';
import { openIdentity } from '../identity/open-identity.ts';
import { startCompatibilityLane } from '../lanes/compatibility-lane.ts';
import { FastLane } from '../lanes/fast-lane.ts';
import { StreamLane } from '../lanes/stream-lane.ts';
import { WebSocketLane } from '../lanes/websocket-lane.ts';
import { labelOperations } from '../observe/operation-labels.ts';
import type { RouterMetrics } from '../observe/router-metrics.ts';
import { openEngine } from '../pipeline/open-engine.ts';
import type { Refusal } from '../pipeline/refusal.ts';
import { observeStages } from '../pipeline/stage-record.ts';
import { openRedis } from '../redis/open-redis.ts';
import { OWN_PATHS, type Settings } from '../settings/settings.ts';
import { openSubscriptions } from '../subscriptions/open-subscriptions.ts';
import { answerJson } from './answer-json.ts';
import { chooseLane } from './choose-lane.ts';
import { allowedOrigins, corsHeadersFor, type CorsHeaders } from './cors.ts';
import { formatErrors } from './format-error.ts';
import { serveSites } from './sites.ts';

/**
 * The one door: `/graphql` over HTTP in each of its forms and over WebSocket, health and metrics. Answers once it
 * listens.
 */
export async function startHttpServer(
  runtime: Runtime,
  settings: Settings,
  supergraphSdl: string,
  routerMetrics: RouterMetrics,
): Promise<{ port: number; reload(supergraphSdl: string): Promise<void>; stop(): Promise<void> }> {
  const { log, metrics, health, tracing } = runtime;
  const redis = openRedis(runtime, settings);
  const opened = await openEngine(runtime, settings, redis, supergraphSdl, routerMetrics);
  const { engine } = opened;
  const { identify, sign, revocations } = openIdentity(runtime, settings, redis);
  const isAllowedOrigin = allowedOrigins(settings.cors.origins);
  const corsHeaders = corsHeadersFor(isAllowedOrigin);
  const labels = labelOperations(metrics, opened.knownNames);
  const observing = { tracing, metrics, log, stages: observeStages(routerMetrics, tracing), labels };
  const format = formatErrors(log);
  const formatError = (error: GraphQLFormattedError) => format(error, error);
  const app = express().disable('x-powered-by');
  const fastLane = new FastLane({
    engine,
    identify,
    corsHeaders,
    formatError,
    mostBodyBytes: settings.limits.bodyBytes,
    ...observing,
    handOver(req, res, body) {
      Object.assign(req, { body });
      app(req, res);
    },
  });
  const subscriptions = openSubscriptions(runtime, settings, {
    ...opened,
    ...(sign && { sign }),
    format: formatError,
    metrics: routerMetrics,
  });
  const streamLane = new StreamLane({
    engine,
    subscriptions,
    identify,
    corsHeaders,
    formatError,
    settings,
    ...observing,
  });
  const webSocketLane = new WebSocketLane({
    engine,
    subscriptions,
    identify,
    ...(sign && { sign }),
    isAllowedOrigin,
    formatError,
    settings: settings.subscriptions,
    ...observing,
  });
  const serveCompatibly = lingering(app);
  const http = createServer(timeoutsOf(settings), (req, res) => {
    const lane = chooseLane(req);
    if (lane === 'fast') fastLane.handle(req, res);
    else if (lane === 'stream') streamLane.handle(req, res);
    else if (lane === 'compatibility') serveCompatibly(req, res);
    else refuseUnread(req, res, corsHeaders, lane);
  });
  const drainHttp = drainable(http);
  webSocketLane.attach(http);
  revocations?.onRevoked((sessionId) => {
    webSocketLane.endSession(sessionId);
    streamLane.endSession(sessionId);
  });
  const compatibility = await startCompatibilityLane({
    runtime,
    settings,
    engine,
    persisted: opened.persisted,
    identify,
    corsHeaders,
    formatError: format,
    stages: observing.stages,
    labels,
  });
  app.use(opsRoutes({ health, metrics }));
  if (settings.introspection) app.use('/graphiql', graphiqlPage());
  app.use('/graphql', compatibility.handler);
  // What is not there of the router's own must not look like a page of a client.
  app.use(OWN_PATHS, (_req, res) => void res.sendStatus(404));
  app.use(serveSites(settings.sites));
  app.get('/', (_req, res) => res.redirect('/graphql'));
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(settings.server.port, settings.server.host, resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    reload: opened.reload,
    async stop() {
      // What goes on for ever is ended; what has begun is answered.
      streamLane.close();
      await Promise.all([webSocketLane.close(), drainHttp()]);
      await compatibility.stop();
    },
  };
}

/** How long a request may take to arrive. Node looks for late ones at intervals, and answers them 408. */
const timeoutsOf = ({ server: { receiveWithinMs } }: Settings): ServerOptions => ({
  keepAliveTimeout: KEEP_ALIVE_MS,
  headersTimeout: receiveWithinMs,
  requestTimeout: receiveWithinMs,
  connectionsCheckingInterval: Math.min(5_000, receiveWithinMs),
});

/** Answers without reading the body. */
function refuseUnread(req: IncomingMessage, res: ServerResponse, corsHeaders: CorsHeaders, why: Refusal): void {
  answerJson(req, res, why.status, { ...corsHeaders(req), connection: 'close' }, { errors: why.errors });
}
