import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { expressMiddleware } from '@as-integrations/express5';
import {
  CORRELATION_HEADER,
  rejectUnreadableBody,
  runInWork,
  traceRequests,
  type Runtime,
} from '@brigade/service-kit/process';
import express from 'express';
import { isObject } from '../compile/own.ts';
import { bodyTypeOf } from '../http/content-type.ts';
import type { CorsHeaders } from '../http/cors.ts';
import type { FormatError } from '../http/format-error.ts';
import { correlationIdOf, type Identify } from '../identity/identify.ts';
import type { PersistedQueryStore } from '../persisted/persisted-query-store.ts';
import type { Engine } from '../pipeline/engine.ts';
import { checkNesting } from '../pipeline/document-nesting.ts';
import { Refusal } from '../pipeline/refusal.ts';
import type { Settings } from '../settings/settings.ts';
import { EngineGateway, type CompatibilityContext } from './engine-gateway.ts';
import { OperationRecord, type OperationObserver } from './operation-record.ts';

export interface CompatibilityLaneOptions {
  readonly runtime: Runtime;
  readonly settings: Settings;
  readonly engine: Engine;
  readonly persisted: PersistedQueryStore | undefined;
  readonly identify: Identify;
  readonly corsHeaders: CorsHeaders;
  readonly formatError: FormatError;
  readonly stages: OperationObserver['stages'];
  readonly labels: OperationObserver['labels'];
}

/** The compatibility lane as a handler of `/graphql`: Apollo Server with everything that it brings. */
export async function startCompatibilityLane({
  runtime,
  settings,
  engine,
  persisted,
  identify,
  corsHeaders,
  formatError,
  stages,
  labels,
}: CompatibilityLaneOptions): Promise<{ handler: express.Router; stop(): Promise<void> }> {
  const { log, metrics, tracing } = runtime;
  const gateway = new EngineGateway(engine);
  const apollo = new ApolloServer<CompatibilityContext>({
    gateway,
    introspection: settings.introspection,
    hideSchemaDetailsFromClientErrors: !settings.introspection,
    parseOptions: { maxTokens: settings.limits.tokens },
    persistedQueries: persisted ? { cache: persisted } : false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError,
    logger: log,
    plugins: [
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginLandingPageLocalDefault({ footer: false }),
      gateway.ignoreEmptyName,
      gateway.measure,
      gateway.countRefused,
    ],
  });
  await apollo.start();
  const handler = express.Router();
  handler.use((req, res, next) => {
    res.set(corsHeaders(req));
    if (req.method === 'OPTIONS') res.status(204).end();
    else next();
  });
  handler.use(
    traceRequests(tracing),
    recorded({ metrics, stages, labels }),
    simplifyType,
    express.json({ limit: settings.limits.bodyBytes }),
    rejectUnreadableBody,
    identified(identify),
    nestedWithin(settings.limits.tokens, engine),
    expressMiddleware(apollo, { context: async ({ res }) => res.locals.context as CompatibilityContext }),
  );
  return { handler, stop: () => apollo.stop() };
}

/** What was taken for JSON in UTF-8 is for the parser, too, whatever the parameters of its type. */
const simplifyType: express.RequestHandler = ({ headers }, _res, next) => {
  if (bodyTypeOf(headers).isJson) headers['content-type'] = 'application/json';
  next();
};

function recorded(observer: OperationObserver): express.RequestHandler {
  return (_req, res, next) => {
    res.locals.record = new OperationRecord(observer);
    next();
  };
}

/** Goes on only with requests of which it is known who asks, or that nobody does. */
function identified(identify: Identify): express.RequestHandler {
  return async (req, res, next) => {
    const correlationId = correlationIdOf(req);
    const record = res.locals.record as OperationRecord;
    res.set(CORRELATION_HEADER, correlationId);
    try {
      record.stages.enter('authenticate');
      res.locals.context = { ...(await identify(req, correlationId)), record } satisfies CompatibilityContext;
      record.stages.enter('persisted-operation');
    } catch (error) {
      refuse(res, error, next);
      return;
    }
    runInWork({ correlationId, causationId: correlationId }, next);
  };
}

/** Apollo Server parses and validates by itself, and by recursion: texts that nest too deep are kept from it. */
function nestedWithin(maxTokens: number, engine: Engine): express.RequestHandler {
  return async (req, res, next) => {
    const body: unknown = req.body;
    const texts: unknown[] = [req.query.query, isObject(body) ? body.query : undefined];
    try {
      for (const text of texts) if (typeof text === 'string') checkNesting(text, maxTokens);
    } catch (error) {
      await engine.countRefused(res.locals.context as CompatibilityContext).then(
        () => refuse(res, error, next),
        (limited: unknown) => refuse(res, limited, next),
      );
      return;
    }
    next();
  };
}

function refuse(res: express.Response, error: unknown, next: express.NextFunction): void {
  if (!(error instanceof Refusal)) {
    next(error);
    return;
  }
  const record = res.locals.record as OperationRecord;
  record.answered(error.errors);
  record.end();
  res.set(error.headers).status(error.status).json({ errors: error.errors });
}
