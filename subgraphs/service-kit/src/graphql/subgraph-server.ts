import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import type { GraphQLSchema } from 'graphql';
import { ACTOR_HEADER, verifyActor } from '../actor/actor.ts';
import { Unauthenticated } from '../errors/domain-error.ts';
import { drainable } from '../lifecycle/drain-http-server.ts';
import { KEEP_ALIVE_MS } from '../lifecycle/keep-alive.ts';
import { lingering } from '../lifecycle/linger.ts';
import { opsRoutes, type OpsRoutesOptions } from '../lifecycle/ops-routes.ts';
import { runInWork } from '../observe/context.ts';
import type { Logger } from '../observe/logger.ts';
import type { Tracing } from '../observe/tracing.ts';
import { acceptSubscriptions } from './accept-subscriptions.ts';
import { CORRELATION_HEADER, correlationIdFrom } from './correlation.ts';
import { formatErrors } from './format-error.ts';
import { rejectUnreadableBody, traceRequests } from './http-middleware.ts';
import { measureOperations } from './measure-operations.ts';
import { createRequestContext, type RequestContext } from './request-context.ts';

const MAX_BODY = '1mb';

export interface SubgraphServerOptions extends OpsRoutesOptions {
  schema: GraphQLSchema;
  host: string;
  /** 0 for any free port. */
  port: number;
  actorSecret: string;
  tracing: Tracing;
  log: Logger;
  /** Further plain HTTP routes, e.g. a JWKS endpoint. */
  routes?: (app: express.Express) => void;
}

export interface SubgraphServer {
  port: number;
  /** Finishes what is under way (10 s at most), then closes. */
  stop(): Promise<void>;
}

/**
 * A subgraph's HTTP server: `/graphql` over HTTP (Apollo Server) and WebSocket (graphql-ws), for callers with a signed
 * actor only; `/health/live`, `/health/ready`, `/metrics` and `/errors` for everyone who reaches it.
 */
export async function startSubgraphServer(options: SubgraphServerOptions): Promise<SubgraphServer> {
  const { schema, host, port, metrics, log } = options;
  const app = express().disable('x-powered-by');
  const http = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, lingering(app));
  const drainHttp = drainable(http);
  const sockets = acceptSubscriptions(http, options);
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    stopOnTerminationSignals: false,
    formatError: formatErrors(log),
    includeStacktraceInErrorResponses: false,
    logger: log,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      measureOperations(metrics),
      {
        serverWillStart: async () => ({
          drainServer: async () => {
            await Promise.all([drainHttp(), sockets.dispose()]);
          },
        }),
      },
    ],
  });
  await apollo.start();
  app.use(opsRoutes(options));
  options.routes?.(app);
  app.use(
    '/graphql',
    requireActor(options),
    express.json({ limit: MAX_BODY }),
    rejectUnreadableBody,
    traceRequests(options.tracing),
  );
  app.use('/graphql', expressMiddleware(apollo, { context: async ({ res }) => res.locals.context as RequestContext }));
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  });
  return { port: (http.address() as AddressInfo).port, stop: () => apollo.stop() };
}

/** Answers 401 to everyone who can't say, signed, on whose behalf they ask. */
function requireActor({ actorSecret, log }: SubgraphServerOptions): express.RequestHandler {
  return async (req, res, next) => {
    try {
      const actor = await verifyActor(req.get(ACTOR_HEADER), actorSecret);
      const correlationId = correlationIdFrom(req.get(CORRELATION_HEADER));
      res.locals.context = createRequestContext(actor, correlationId, log);
      runInWork({ correlationId, causationId: correlationId }, next);
    } catch (error) {
      if (!(error instanceof Unauthenticated)) return next(error);
      res.status(401).json({ errors: [{ message: error.message, extensions: { code: error.code } }] });
    }
  };
}
