import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { mergeInto } from './merge.ts';
import { getOwn, setOwn, type JsonObject } from './own.ts';
import { isOfType } from './types.ts';

type Pick = (source: JsonObject) => JsonObject | null;

/**
 * Builds, from what is known of an entity, what another subgraph needs to find it: a key, and the fields that it
 * requires. Nothing for an entity of which any of that is missing, at whatever depth; what is null is not missing. A field
 * is given under its name; it was fetched under its alias, if it has one.
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
  // What fragments select is merged with what is there already.
  const fieldsFirst = selections.toSorted(
    (one, other) => Number(one.kind !== 'Field') - Number(other.kind !== 'Field'),
  );
  const steps = mergeFields(fieldsFirst).map((selection) => compileSelection(selection, schema));
  return (source) => {
    const result: JsonObject = {};
    for (const step of steps) if (!step(source, result)) return null;
    return result;
  };
}

/** One field is selected once, with all that is selected below it. */
function mergeFields(selections: readonly QueryPlanSelectionNode[]): readonly QueryPlanSelectionNode[] {
  const merged = new Map<string, QueryPlanSelectionNode>();
  for (const [index, one] of selections.entries()) {
    const key = one.kind === 'Field' ? `${one.alias ?? one.name}: ${one.name}` : `fragment ${index}`;
    const before = merged.get(key);
    const isSplit = before?.selections && one.selections;
    merged.set(key, isSplit ? { ...one, selections: [...before.selections, ...one.selections] } : one);
  }
  return [...merged.values()];
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
      return part !== null;
    };
  }
  const { name, alias: fetchedName = name } = selection;
  const pick = selection.selections && compileSelections(selection.selections, schema);
  /** `undefined` for a value of which something is missing. */
  const copy = (value: unknown): unknown => {
    if (value === null || value === undefined) return value;
    if (Array.isArray(value)) return copyList(value, copy);
    return pick ? (pick(value as JsonObject) ?? undefined) : value;
  };
  return (source, result) => {
    const value = copy(getOwn(source, fetchedName));
    if (value === undefined) return false;
    setOwn(result, name, value);
    return true;
  };
}

function copyList(list: readonly unknown[], copy: (value: unknown) => unknown): unknown[] | undefined {
  const copies: unknown[] = [];
  for (const element of list) {
    const copied = copy(element);
    if (copied === undefined) return undefined;
    copies.push(copied);
  }
  return copies;
}
