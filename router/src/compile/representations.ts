import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { mergeInto } from './merge.ts';
import { getOwn, setOwn, type JsonObject } from './own.ts';
import { isOfType } from './types.ts';

type Pick = (source: JsonObject) => JsonObject | null;

/**
 * Builds, from what is known of an entity, what another subgraph needs to find it: a key, and the fields that it
 * requires. Nothing for an entity of which that is not known. A field is given under its name; it was fetched under its
 * alias, if it has one.
 */
export function compileRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  schema: GraphQLSchema,
): (entity: JsonObject) => JsonObject | undefined {
  const pick = compileSelections(requires, schema);
  return (entity) => {
    const representation = pick(entity);
    return representation?.__typename ? representation : undefined;
  };
}

function compileSelections(selections: readonly QueryPlanSelectionNode[], schema: GraphQLSchema): Pick {
  const steps = selections.map((selection) => compileSelection(selection, schema));
  return (source) => {
    const result: JsonObject = {};
    for (const step of steps) if (!step(source, result)) return null;
    return result;
  };
}

/** Copies one selection from `source` to `result`; false when `source` lacks it, and so is no such entity. */
function compileSelection(
  selection: QueryPlanSelectionNode,
  schema: GraphQLSchema,
): (source: JsonObject, result: JsonObject) => boolean {
  if (selection.kind === 'InlineFragment') {
    const { typeCondition } = selection;
    if (!typeCondition) return () => true;
    const pick = compileSelections(selection.selections, schema);
    return (source, result) => {
      if (!isOfType(schema, source, typeCondition, false)) return true;
      const part = pick(source);
      if (part) mergeInto(result, part);
      return true;
    };
  }
  const { name, alias: fetchedName = name } = selection;
  const pick = selection.selections && compileSelections(selection.selections, schema);
  const copy = (value: unknown): unknown => {
    if (!pick || value === null || value === undefined) return value;
    return Array.isArray(value) ? value.map(copy) : pick(value as JsonObject);
  };
  return (source, result) => {
    const value = getOwn(source, fetchedName);
    if (value === undefined) return false;
    setOwn(result, name, copy(value));
    return true;
  };
}
