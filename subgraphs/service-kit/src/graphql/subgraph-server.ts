import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import { SpanKind } from '@opentelemetry/api';
import express from 'express';
import type { GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { v7 as uuidv7 } from 'uuid';
import { WebSocketServer } from 'ws';
import { ACTOR_HEADER, verifyActor, type Actor } from '../actor/actor.ts';
import { Unauthenticated } from '../errors/domain-error.ts';
import { opsRoutes } from '../lifecycle/ops-routes.ts';
import { runInWork } from '../observe/context.ts';
import type { Health } from '../observe/health.ts';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';
import { contextFrom, type Tracing } from '../observe/tracing.ts';
import { formatErrors } from './format-error.ts';
import { measureOperations } from './measure-operations.ts';
import { createRequestContext, type RequestContext } from './request-context.ts';

export const CORRELATION_HEADER = 'x-correlation-id';
const MAX_BODY = '1mb';

export interface SubgraphServerOptions {
  schema: GraphQLSchema;
  host: string;
  /** 0 for any free port. */
  port: number;
  actorSecret: string;
  health: Health;
  metrics: Metrics;
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
 * actor only; `/health/live`, `/health/ready` and `/metrics` for everyone.
 */
export async function startSubgraphServer(options: SubgraphServerOptions): Promise<SubgraphServer> {
  const { schema, host, port, metrics, log } = options;
  const app = express().disable('x-powered-by');
  const http = createServer(app);
  const sockets = acceptSubscriptions(http, options);
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    stopOnTerminationSignals: false,
    formatError: formatErrors(log),
    includeStacktraceInErrorResponses: false,
    logger: log,
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      measureOperations(metrics),
      { serverWillStart: async () => ({ drainServer: () => sockets.dispose() as Promise<void> }) },
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
      const correlationId = req.get(CORRELATION_HEADER) ?? uuidv7();
      res.locals.context = createRequestContext(actor, correlationId, log);
      runInWork({ correlationId, causationId: correlationId }, next);
    } catch (error) {
      if (!(error instanceof Unauthenticated)) return next(error);
      res.status(401).json({ errors: [{ message: error.message, extensions: { code: error.code } }] });
    }
  };
}

/** Answers a body that is too large or no JSON with a GraphQL error and the status that the parser gave. */
export const rejectUnreadableBody: express.ErrorRequestHandler = (
  error: { status?: number; type?: string },
  _req,
  res,
  next,
) => {
  if (!error.status) return next(error);
  res.status(error.status).json({
    errors: [
      {
        message: `The request body can't be read: ${error.type ?? 'malformed'}`,
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });
};

/** A server span for each request, going on from its `traceparent`, until the answer is sent. */
export function traceRequests(tracing: Tracing): express.RequestHandler {
  return (req, res, next) => {
    const operation = (req.body as { operationName?: unknown } | undefined)?.operationName;
    const span = {
      kind: SpanKind.SERVER,
      parent: contextFrom(req.get('traceparent')),
      attributes: { 'url.path': req.originalUrl },
    };
    void tracing.span(
      typeof operation === 'string' ? `graphql ${operation}` : 'graphql',
      span,
      () =>
        new Promise<void>((resolve) => {
          res.once('close', resolve);
          next();
        }),
    );
  };
}

/** Subscriptions: the signed actor comes as header of the upgrade or as `connection_init` payload. */
function acceptSubscriptions(http: Server, { schema, actorSecret, log }: SubgraphServerOptions) {
  const wss = new WebSocketServer({ server: http, path: '/graphql', maxPayload: 1_000_000 });
  return useServer<Record<string, unknown>, { actor?: Actor; request: IncomingMessage }>(
    {
      schema,
      async onConnect(ctx) {
        const given = ctx.connectionParams?.[ACTOR_HEADER] ?? ctx.extra.request.headers[ACTOR_HEADER];
        try {
          ctx.extra.actor = await verifyActor(typeof given === 'string' ? given : undefined, actorSecret);
          return true;
        } catch {
          return false;
        }
      },
      context: (ctx) => createRequestContext(ctx.extra.actor ?? { kind: 'anonymous' }, uuidv7(), log),
    },
    wss,
  );
}
