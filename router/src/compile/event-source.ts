import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { describe } from './compile-fetch.ts';
import type { Execution } from './execution.ts';
import { removeFailedValues } from './failed-values.ts';
import { mergeInto } from './merge.ts';
import { getOwn, isObject, setOwn, type JsonObject } from './own.ts';
import { makeResumable, type ResumeRule } from './resumable-operation.ts';
import { compileErrorRename, compileRewrites } from './rewrites.ts';
import type { SubgraphResponse } from './subgraph-call.ts';
import { readErrors } from './subgraph-errors.ts';

/** What a subgraph is subscribed to, and what becomes of each of its events. */
export interface EventSource {
  readonly subgraph: string;
  /** @param after the cursor of the last event that was seen, to go on from; else it begins where the client said */
  request(variables: JsonObject, after?: unknown): SubscriptionRequest;
  /** Whether the client says after which event it begins: who asks for the same later is told other events. */
  beginsAtCursor(variables: JsonObject): boolean;
  /** Takes the cursor out of an event; undefined where there is none. */
  takeCursor(event: SubgraphResponse): unknown;
  /** Begins an execution with what an event brought. */
  take(event: SubgraphResponse, execution: Execution): void;
}

/** As GraphQL over WebSocket wants it. */
export interface SubscriptionRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: JsonObject;
}

/**
 * The first fetch of a subscription's plan: its answers come by themselves.
 * @param rootField the field of the subscription type
 * @param resume how a broken subscription to that field is resumed, if it can be
 */
export function compileEventSource(
  node: FetchNode,
  schema: GraphQLSchema,
  rootField: string,
  resume?: ResumeRule,
): EventSource {
  const { serviceName: subgraph, operation, operationName, variableUsages = [] } = node;
  const rewrite = compileRewrites(node.outputRewrites, schema);
  const rename = compileErrorRename(node.outputRewrites);
  const resumable = resume && makeResumable(operation, rootField, resume, schema);
  const query = resumable?.query ?? operation;
  const usages = resumable ? variableUsages.filter((name) => resumable.uses(name)) : variableUsages;
  return {
    subgraph,
    request(given, after) {
      const variables: JsonObject = {};
      for (const name of usages) {
        const value = getOwn(given, name);
        if (value !== undefined) setOwn(variables, name, value);
      }
      const cursor = after ?? resumable?.begin(given);
      if (resumable && cursor !== undefined) variables[resumable.variable] = cursor;
      return { query, variables, ...(operationName !== undefined && { operationName }) };
    },
    beginsAtCursor: (given) => (resumable?.begin(given) ?? null) !== null,
    takeCursor: ({ data }) => (resumable && data ? resumable.takeCursor(data) : undefined),
    take({ data, errors }, execution) {
      const told = readErrors(errors);
      for (const error of told) execution.errors.push(describe(error, subgraph, rename(error.path)));
      if (!isObject(data)) return;
      removeFailedValues(data, told);
      rewrite?.(data);
      mergeInto(execution.data, data);
    },
  };
}
