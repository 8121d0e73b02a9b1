import type { FetchNode } from '@apollo/query-planner';
import { isObjectType, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Execution } from './execution.ts';
import { removeFailedValues } from './failed-values.ts';
import { generateFlatten, type FlattenPath } from './flatten.ts';
import { generateMerge } from './generate-merge.ts';
import { locateEntityErrors, type LocateError } from './locate-entity-errors.ts';
import { mergeInto } from './merge.ts';
import type { JsonObject } from './own.ts';
import { getOwn, isObject } from './own.ts';
import { compileRepresentation } from './representations.ts';
import { textRepresentation, type Representation } from './represent-as-text.ts';
import { compileErrorRename, compileRewrites } from './rewrites.ts';
import type { SubgraphRequest, SubgraphResponse } from './subgraph-call.ts';
import { compileReportOfUnasked } from './unasked-entities.ts';

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
  const rename = compileErrorRename(node.outputRewrites);
  // Nobody is told how entities are asked for; a client may give a field that name.
  const isAsked = node.operation.includes('_entities');
  const locate: LocateError = (error) => {
    const from = rename(error.path);
    return [from && (isAsked || from[0] !== '_entities') ? [...path, ...from] : undefined];
  };
  const find = generateFlatten(path);
  return (execution) => {
    const targets = find(execution.data);
    if (targets.length === 0) return undefined;
    return call(request(execution), execution, locate, ({ data, written }) => {
      execution.written = written;
      if (!data) return;
      rewrite?.(data);
      for (const target of targets) mergeInto(target, data);
    });
  };
}

function compileEntityFetch(node: FetchNode, path: FlattenPath, schema: GraphQLSchema): Step {
  const request = compileRequest(node);
  const { keyOf, textOf } = compileRequired(node, schema);
  const rewriteOutput = compileRewrites(node.outputRewrites, schema);
  // Rewrites give fields other names than were asked for.
  const merge = rewriteOutput ? mergeInto : generateMerge(node.operation);
  const rename = compileErrorRename(node.outputRewrites);
  // A subgraph that has an interface object calls the entity by its interface; what it is may be known here.
  const isAsInterface = (node.inputRewrites ?? []).some(
    ({ kind, path: rewritten }) => kind === 'ValueSetter' && rewritten.at(-1) === '__typename',
  );
  const reportUnasked = compileReportOfUnasked(node, path, schema, MAX_ERRORS);
  const find = generateFlatten(path);
  return (execution) => {
    const entities = find(execution.data);
    const numbers = new Map<unknown, number>();
    /** Which representation stands for each of them; -1 where there is none. */
    const numberOf: number[] = [];
    let isAnyUnasked = false;
    for (const entity of entities) {
      const key = keyOf(entity);
      if (key === undefined) isAnyUnasked = true;
      let number = key === undefined ? -1 : numbers.get(key);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(key, number);
      }
      numberOf.push(number);
    }
    if (isAnyUnasked) reportUnasked(entities, numberOf, execution);
    if (numbers.size === 0) return undefined;
    let representations = '';
    for (const key of numbers.keys()) representations += `${representations === '' ? '[' : ','}${textOf(key)}`;
    const locate = locateEntityErrors(path, numberOf, execution.data);
    return call(
      request(execution, `${representations}]`),
      execution,
      (error) => locate({ ...error, path: rename(error.path) }),
      ({ data }) => {
        if (!data) return;
        const received = getOwn(data, '_entities');
        if (!Array.isArray(received)) throw new Error('Expected "data._entities" in response to be an array');
        if (received.length !== numbers.size) {
          throw new Error(`Expected "data._entities" to contain ${numbers.size} elements`);
        }
        for (let index = 0; index < entities.length; index += 1) {
          const entity = entities[index] as JsonObject;
          const answer: unknown = received[numberOf[index] as number];
          if (answer === null) execution.hasAbsent = true;
          if (!isObject(answer)) continue;
          if (isAsInterface && !isObjectType(schema.getType(String(answer.__typename)))) answer.__typename = undefined;
          answer.__typename ||= entity.__typename;
          // Twice is as good as once: what was renamed has no old name any more.
          rewriteOutput?.(answer);
          merge(entity, answer);
        }
      },
    );
  };
}

function compileRequired({ requires = [], inputRewrites }: FetchNode, schema: GraphQLSchema): Representation {
  const usual = inputRewrites?.length ? undefined : textRepresentation(requires, schema);
  if (usual) return usual;
  const represent = compileRepresentation(requires, schema);
  const rewrite = compileRewrites(inputRewrites, schema);
  return {
    keyOf(entity) {
      const representation = represent(entity);
      if (!representation) return undefined;
      rewrite?.(representation);
      return JSON.stringify(representation);
    },
    textOf: String,
  };
}

/** No response tells of more: a subgraph may answer with millions, or one of which each stands for thousands of places. */
const MAX_ERRORS = 1_000;

async function call(
  request: SubgraphRequest,
  { call: ask, errors }: Execution,
  locate: LocateError,
  take: (response: SubgraphResponse) => void,
): Promise<void> {
  try {
    const response = await ask(request);
    const { data, errors: told = [] } = response;
    for (const error of told) {
      if (errors.length >= MAX_ERRORS) break;
      for (const path of locate(error)) errors.push(describe(error, request.subgraph, path));
    }
    if (data && told.length > 0) removeFailedValues(data, told);
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
    return { subgraph, kind, operationName, body: `${body}}}`, handOn: execution.handOn };
  };
}
