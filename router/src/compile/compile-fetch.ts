import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Execution } from './execution.ts';
import { compileFlatten, pathsOf, type FlattenPath } from './flatten.ts';
import { mergeInto } from './merge.ts';
import type { JsonObject } from './own.ts';
import { getOwn, isObject } from './own.ts';
import { compileRepresentation } from './representations.ts';
import { compileTextRepresentation, type RepresentAsText } from './represent-as-text.ts';
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
  const find = compileFlatten(path);
  return (execution) => {
    const targets = find(execution.data);
    if (targets.length === 0) return undefined;
    return call(request(execution), execution, locate, ({ data }) => {
      if (!data) return;
      rewrite?.(data);
      for (const target of targets) mergeInto(target, data);
    });
  };
}

function compileEntityFetch(node: FetchNode, path: FlattenPath, schema: GraphQLSchema): Step {
  const request = compileRequest(node);
  const represent = compileText(node, schema);
  const rewriteOutput = compileRewrites(node.outputRewrites, schema);
  const find = compileFlatten(path);
  return (execution) => {
    const entities = find(execution.data);
    const texts = new Map<string, number[]>();
    for (let index = 0; index < entities.length; index += 1) {
      const text = represent(entities[index] as JsonObject);
      if (text === null) continue;
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

/** How entities are represented, as JSON. */
function compileText({ requires = [], inputRewrites }: FetchNode, schema: GraphQLSchema): RepresentAsText {
  const usual = inputRewrites?.length ? undefined : compileTextRepresentation(requires, schema);
  if (usual) return usual;
  const represent = compileRepresentation(requires, schema);
  const rewrite = compileRewrites(inputRewrites, schema);
  return (entity) => {
    const representation = represent(entity);
    if (!representation) return null;
    rewrite?.(representation);
    return JSON.stringify(representation);
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

/** An error of a subgraph as the executor passes it on. */
export function describe(
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
