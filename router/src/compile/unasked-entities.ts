import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { responseNameOf } from '../plan/fetched-names.ts';
import { EntityRequest, type EntityField } from '../plan/entity-request.ts';
import type { Execution } from './execution.ts';
import { pathsOf, type FlattenPath } from './flatten.ts';
import { getOwn, type JsonObject } from './own.ts';
import { INCOMPLETE } from './response-shape.ts';
import { compileErrorRename } from './rewrites.ts';
import { isOfType } from './types.ts';

/** @param numberOf which representation stands for each entity; -1 where there is none */
type ReportUnasked = (entities: readonly JsonObject[], numberOf: readonly number[], execution: Execution) => void;

/**
 * Tells of the fields for which no subgraph was asked, because something that the subgraph is to be given of their entity is missing: an
 * error for each, at its place.
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
  return (entities, numberOf, { data, defaulted, errors }) => {
    let places: (string | number)[][] | undefined;
    for (const [index, entity] of entities.entries()) {
      if (numberOf[index] !== -1 || !types.some((type) => isOfType(schema, entity, type, false))) continue;
      fields ??= new EntityRequest(node).fields;
      for (const { field, typeName, conditions } of fields) {
        if (errors.length >= mostErrors) return;
        const [name] = rename([responseNameOf(field)]) ?? [];
        if (name === undefined || name === '__typename' || !isOfType(schema, entity, typeName, false)) continue;
        if (conditions.some(({ variable, equals }) => defaulted[variable] !== equals)) continue;
        if (getOwn(entity, String(name)) !== undefined) continue;
        places ??= pathsOf(data, path);
        errors.push(unasked(`${typeName}.${field.name.value}`, [...(places[index] ?? []), name]));
      }
    }
  };
}

const unasked = (coordinate: string, path: readonly (string | number)[]): GraphQLFormattedError => ({
  message: `No subgraph was asked for ${coordinate}: a key of its object, or a field that it requires, is missing.`,
  path,
  extensions: { code: INCOMPLETE },
});
