import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { responseNameOf } from '../plan/fetched-names.ts';
import { EntityRequest, type EntityField } from '../plan/entity-request.ts';
import type { Execution } from './execution.ts';
import { pathsOf, type FlattenPath } from './flatten.ts';
import type { JsonObject } from './own.ts';
import { INCOMPLETE } from './field-refusal.ts';
import { compileErrorRename } from './rewrites.ts';
import { isOfType } from './types.ts';

/** @param numberOf which representation stands for each entity; -1 where there is none */
type ReportUnasked = (entities: readonly JsonObject[], numberOf: readonly number[], execution: Execution) => void;

/**
 * Keeps an error for each field for which no subgraph is asked, because something that it is to be given of the entity is
 * missing. Another request may ask for the same: only those count whose fields are null in the end.
 * @param path where the entities are
 * @param mostErrors of a response
 */
export function compileReportOfUnasked(
  node: FetchNode,
  path: FlattenPath,
  schema: GraphQLSchema,
  mostErrors: number,
): ReportUnasked {
  const types = (node.requires ?? []).flatMap((one) =>
    one.kind === 'InlineFragment' ? (one.typeCondition ?? []) : [],
  );
  const rename = compileErrorRename(node.outputRewrites);
  let fields: readonly EntityField[] | undefined;
  return (entities, numberOf, execution) => {
    const unasked = (execution.unasked ??= []);
    let places: (string | number)[][] | undefined;
    for (const [index, entity] of entities.entries()) {
      if (numberOf[index] !== -1 || !types.some((type) => isOfType(schema, entity, type, false))) continue;
      fields ??= new EntityRequest(node).fields;
      for (const { field, typeName } of fields) {
        if (unasked.length >= mostErrors) return;
        const [name] = rename([responseNameOf(field)]) ?? [];
        if (name === undefined || name === '__typename' || !isOfType(schema, entity, typeName, false)) continue;
        places ??= pathsOf(execution.data, path);
        unasked.push(describe(`${typeName}.${field.name.value}`, [...(places[index] ?? []), name]));
      }
    }
  };
}

const describe = (coordinate: string, path: readonly (string | number)[]): GraphQLFormattedError => ({
  message: `No subgraph was asked for ${coordinate}: a key of its object, or a field that it requires, is missing.`,
  path,
  extensions: { code: INCOMPLETE },
});

/** Whether a path leads to a null of a response. */
export function leadsToNull(path: readonly (string | number)[] = [], data: JsonObject | null): boolean {
  let value: unknown = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) break;
    value = Object.hasOwn(value, part) ? (value as JsonObject)[part] : undefined;
  }
  return value === null;
}
