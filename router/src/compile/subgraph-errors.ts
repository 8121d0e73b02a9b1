import type { GraphQLFormattedError } from 'graphql';
import { isObject } from './own.ts';

/**
 * The errors of a subgraph's response, whatever it put there. What is no list of errors, and each entry that is no error,
 * becomes an error without details: it says that something failed, so a client must be told.
 * @param told the value of `errors`
 */
export function readErrors(told: unknown): readonly GraphQLFormattedError[] {
  if (told === undefined || told === null) return [];
  return Array.isArray(told) ? told.map(readError) : [{ message: '' }];
}

function readError(told: unknown): GraphQLFormattedError {
  if (!isObject(told)) return { message: '' };
  const { message, path, extensions } = told;
  return {
    message: typeof message === 'string' ? message : '',
    ...(isPath(path) && { path }),
    ...(isObject(extensions) && { extensions }),
  };
}

/** Of response names and list indices. */
const isPath = (path: unknown): path is readonly (string | number)[] =>
  Array.isArray(path) && path.length > 0 && path.every((part) => typeof part === 'string' || isIndex(part));

const isIndex = (part: unknown): boolean => typeof part === 'number' && Number.isSafeInteger(part) && part >= 0;
