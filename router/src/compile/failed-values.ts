import type { GraphQLFormattedError } from 'graphql';
import { isObject, setOwn, type JsonObject } from './own.ts';

/**
 * Takes out of a subgraph's answer, in place, the nulls that stand for what failed: each is where the path of an error
 * ends, or where its null bubbled up to. They become `undefined`, so what is left is null because it is. No other subgraph
 * may be told of a value that it is null where only nobody knows it.
 * @param errors with the paths of the subgraph
 */
export function removeFailedValues(data: JsonObject, errors: readonly GraphQLFormattedError[]): void {
  for (const { path = [] } of errors) removeFailedValue(data, path);
}

function removeFailedValue(data: JsonObject, path: readonly (string | number)[]): void {
  let within: unknown = data;
  for (const part of path) {
    if (!(Array.isArray(within) || isObject(within)) || !Object.hasOwn(within, part)) return;
    const value: unknown = (within as JsonObject)[part];
    if (value === null) setOwn(within, String(part), undefined);
    within = value;
  }
}
