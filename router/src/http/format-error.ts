import type { Logger } from '@brigade/service-kit/process';
import type { GraphQLFormattedError } from 'graphql';
import { TOO_DEEP } from '../pipeline/document-nesting.ts';
import { SOMETHING_WRONG } from '../pipeline/refusal.ts';

/** @param error what it was made of */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** What a subgraph's error may tell the client besides its code. */
const internalFields = ['serviceName', 'stacktrace', 'exception', 'response', 'query', 'variables'];

/** What Apollo Server says of hashes of operations, without a code. */
const UNCODED = new Set(['provided sha does not match query', 'Unsupported persisted query version']);

/**
 * Errors of subgraphs pass with their code and facts, without their name and internals; one that can't be reached is
 * told as such; everything else is masked.
 */
export function formatErrors(log: Logger): FormatError {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { extensions = {}, message, path, locations } = formatted;
    const where = { ...(path && { path }), ...(locations && { locations }) };
    const code = String(extensions.code ?? 'INTERNAL_SERVER_ERROR');
    // Apollo Server passes on whatever a parser throws.
    if (code === 'GRAPHQL_PARSE_FAILED' && !message.startsWith('Syntax Error')) {
      return { message: TOO_DEEP, ...where, extensions: { code } };
    }
    if (UNCODED.has(message)) return { message, ...where, extensions: { code: 'BAD_REQUEST' } };
    if (code === 'DOWNSTREAM_SERVICE_ERROR') {
      log.warn({ err: error, subgraph: extensions.serviceName }, 'a subgraph did not answer');
      return {
        message: 'A part of the system does not answer.',
        ...where,
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      };
    }
    if (code === 'INTERNAL_SERVER_ERROR') {
      log.error({ err: error }, 'unexpected error');
      const { correlationId } = extensions;
      return {
        message: SOMETHING_WRONG,
        ...where,
        extensions: { code, ...(correlationId !== undefined && { correlationId }) },
      };
    }
    const told = Object.fromEntries(Object.entries(extensions).filter(([name]) => !internalFields.includes(name)));
    return { message, ...where, extensions: { ...told, code } };
  };
}
