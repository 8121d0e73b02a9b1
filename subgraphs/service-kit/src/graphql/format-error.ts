import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { ZodError } from 'zod';
import { DependencyUnavailable } from '../errors/delivery-errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import { isStoreAway } from '../errors/store-away.ts';
import { currentWork } from '../observe/context.ts';
import type { Logger } from '../observe/logger.ts';

/** Codes of errors that GraphQL itself raises about the request: they are the client's to see. */
const REQUEST_ERRORS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
]);

/**
 * The one place where errors become API: domain errors by their code, input errors as BAD_USER_INPUT, what is away
 * (a store, another subgraph) as SUBGRAPH_UNAVAILABLE, everything else masked, logged, and named by its correlation id.
 */
export function formatErrors(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    const where = {
      ...(formatted.path && { path: formatted.path }),
      ...(formatted.locations && { locations: formatted.locations }),
    };
    if (original instanceof DomainError) {
      return { message: original.message, ...where, extensions: { ...original.details, code: original.code } };
    }
    if (original instanceof ZodError) {
      const faults = original.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      const message = faults.map((fault) => `${fault.path}: ${fault.message}`).join('; ');
      return { message, ...where, extensions: { code: 'BAD_USER_INPUT', faults } };
    }
    const code = String(formatted.extensions?.code ?? 'INTERNAL_SERVER_ERROR');
    if (REQUEST_ERRORS.has(code)) return { message: formatted.message, ...where, extensions: { code } };
    if (original instanceof DependencyUnavailable || isStoreAway(original)) {
      log.warn({ err: original, path: formatted.path }, 'what a resolver needs is away');
      return {
        message: 'A part of the system does not answer.',
        ...where,
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      };
    }
    const correlationId = currentWork()?.correlationId;
    log.error({ err: original, path: formatted.path }, 'unexpected error in a resolver');
    return {
      message: 'Something went wrong on our side.',
      ...where,
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(correlationId && { correlationId }) },
    };
  };
}
