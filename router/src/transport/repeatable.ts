import { Kind, parse, valueFromASTUntyped, type FieldNode, type ObjectValueNode } from 'graphql';
import { getOwn, isObject, type JsonObject } from '../compile/own.ts';
import type { SubgraphRequest } from '../compile/subgraph-call.ts';

/**
 * Whether a request may be sent again when nobody knows whether it arrived: a query, or a mutation of which every root
 * field is given an idempotency key, as an argument or in its input. Looked at only when a connection has failed.
 */
export function isRepeatable({ kind, body }: SubgraphRequest, idempotencyArgument: string): boolean {
  if (kind === 'query') return true;
  const { query, variables } = JSON.parse(body) as { query: string; variables: JsonObject };
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return false;
  return operation.selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && hasKey(selection, variables, idempotencyArgument),
  );
}

function hasKey({ arguments: given = [] }: FieldNode, variables: JsonObject, name: string): boolean {
  const isKey = (value: unknown) => typeof value === 'string' && value !== '';
  return given.some((argument) => {
    const value: unknown = valueFromASTUntyped(argument.value as ObjectValueNode, variables);
    if (argument.name.value === name) return isKey(value);
    return isObject(value) && isKey(getOwn(value, name));
  });
}
