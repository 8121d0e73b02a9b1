import { SpanKind } from '@opentelemetry/api';
import type express from 'express';
import { contextFrom, type Tracing } from '../observe/tracing.ts';

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
