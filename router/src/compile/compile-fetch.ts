import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Execution } from './execution.ts';
import { flatten, pathsOf, type FlattenPath } from './flatten.ts';
import { mergeInto } from './merge.ts';
import type { JsonObject } from './own.ts';
import { getOwn, isObject, setOwn } from './own.ts';
import { compileRepresentation } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import type { SubgraphRequest, SubgraphResponse } from './subgraph-call.ts';

/** Does a part of a plan; nothing to wait for where there is nothing to do. */
export type Step = (execution: Execution) => Promise<void> | undefined;

/**
 * One request to a subgraph. Without `requires` its answer belongs to every object at `path`; with, each of those objects
 * is an entity that the subgraph is asked for, equal ones once.
 */
export function compileFetch(node: FetchNode, path: FlattenPath, schema: GraphQLSchema): Step {
  return node.requires ? compileEntityFetch(node, path, schema) : compilePlainFetch(node, path, schema);
}

function compilePlainFetch(node: FetchNode, path: FlattenPath, schema: GraphQLSchema): Step {
  const request = compileRequest(node);
  const rewrite = compileRewrites(node.outputRewrites, schema);
  const locate = (error: GraphQLFormattedError) => [error.path && [...path, ...error.path]];
  return (execution) => {
    const targets = flatten([execution.data], path);
    if (targets.length === 0) return undefined;
    return call(request(execution), execution, locate, ({ data }) => {
      if (!data) return;
      rewrite?.(data);
      for (const target of targets) mergeInto(target, data);
    });
  };
}

/** What a subgraph is subscribed to, and what becomes of each of its events. */
export interface EventSource {
  readonly subgraph: string;
  request(variables: JsonObject): SubscriptionRequest;
  /** Begins an execution with what an event brought. */
  take(event: SubgraphResponse, execution: Execution): void;
}

/** As GraphQL over WebSocket wants it. */
export interface SubscriptionRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: JsonObject;
}

/** The first fetch of a subscription's plan: its answers come by themselves. */
export function compileEventSource(node: FetchNode, schema: GraphQLSchema): EventSource {
  const { serviceName: subgraph, operation: query, operationName, variableUsages = [] } = node;
  const rewrite = compileRewrites(node.outputRewrites, schema);
  return {
    subgraph,
    request(given) {
      const variables: JsonObject = {};
      for (const name of variableUsages) {
        const value = getOwn(given, name);
        if (value !== undefined) setOwn(variables, name, value);
      }
      return { query, variables, ...(operationName !== undefined && { operationName }) };
    },
    take({ data, errors = [] }, execution) {
      for (const error of errors) execution.errors.push(describe(error, subgraph, error.path));
      if (!data) return;
      rewrite?.(data);
      mergeInto(execution.data, data);
    },
  };
}

function compileEntityFetch(node: FetchNode, path: FlattenPath, schema: GraphQLSchema): Step {
  const request = compileRequest(node);
  const represent = compileRepresentation(node.requires ?? [], schema);
  const rewriteInput = compileRewrites(node.inputRewrites, schema);
  const rewriteOutput = compileRewrites(node.outputRewrites, schema);
  return (execution) => {
    const entities = flatten([execution.data], path);
    const texts = new Map<string, number[]>();
    for (const [index, entity] of entities.entries()) {
      const representation = represent(entity);
      if (!representation) continue;
      rewriteInput?.(representation);
      const text = JSON.stringify(representation);
      const same = texts.get(text);
      if (same) same.push(index);
      else texts.set(text, [index]);
    }
    if (texts.size === 0) return undefined;
    const targets = [...texts.values()];
    const representations = `[${[...texts.keys()].join(',')}]`;
    return call(
      request(execution, representations),
      execution,
      (error) => locateEntityError(error, path, targets, execution.data),
      ({ data }) => {
        if (!data) return;
        const received = getOwn(data, '_entities');
        if (!Array.isArray(received)) throw new Error('Expected "data._entities" in response to be an array');
        if (received.length !== targets.length) {
          throw new Error(`Expected "data._entities" to contain ${targets.length} elements`);
        }
        for (const [number, indexes] of targets.entries()) {
          const answer: unknown = received[number];
          for (const index of indexes) {
            const entity = entities[index];
            if (!entity || !isObject(answer)) continue;
            answer.__typename ||= entity.__typename;
            // Twice is as good as once: what was renamed has no old name any more.
            rewriteOutput?.(answer);
            mergeInto(entity, answer);
          }
        }
      },
    );
  };
}

/** An error of one representation is an error of every place that it stands for. */
function locateEntityError(
  error: GraphQLFormattedError,
  path: FlattenPath,
  targets: readonly (readonly number[])[],
  data: JsonObject,
): (readonly (string | number)[] | undefined)[] {
  const { path: from } = error;
  const number = from?.[1];
  if (!from || typeof number !== 'number') return [from && [...path, ...from]];
  const places = pathsOf(data, path);
  return (targets[number] ?? []).map((index) => [...(places[index] ?? []), ...from.slice(2)]);
}

async function call(
  request: SubgraphRequest,
  { call: ask, errors }: Execution,
  locate: (error: GraphQLFormattedError) => readonly (readonly (string | number)[] | undefined)[],
  take: (response: SubgraphResponse) => void,
): Promise<void> {
  try {
    const response = await ask(request);
    for (const error of response.errors ?? []) {
      for (const path of locate(error)) errors.push(describe(error, request.subgraph, path));
    }
    take(response);
  } catch (error) {
    errors.push(describe(error as GraphQLFormattedError, request.subgraph, undefined));
  }
}

function describe(
  { message, extensions }: GraphQLFormattedError,
  subgraph: string,
  path: readonly (string | number)[] | undefined,
): GraphQLFormattedError {
  return {
    message: message || `Error while fetching subquery from service "${subgraph}"`,
    ...(path && { path }),
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions, serviceName: subgraph },
  };
}

/** Everything of the body that is the same each time is text already. */
function compileRequest(node: FetchNode): (execution: Execution, representations?: string) => SubgraphRequest {
  const { serviceName: subgraph, operation, operationName, operationKind, variableUsages = [] } = node;
  const kind = operationKind === 'mutation' ? 'mutation' : 'query';
  const name = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  const prefix = `{${name}"query":${JSON.stringify(operation)},"variables":{`;
  const variables = variableUsages.map((variable) => ({ variable, key: `${JSON.stringify(variable)}:` }));
  return (execution, representations) => {
    let body = prefix;
    if (representations !== undefined) body += `"representations":${representations}`;
    for (const { variable, key } of variables) {
      const value = getOwn(execution.variables, variable);
      if (value === undefined) continue;
      if (body.length > prefix.length) body += ',';
      body += key + JSON.stringify(value);
    }
    return { subgraph, kind, operationName, body: `${body}}}` };
  };
}
