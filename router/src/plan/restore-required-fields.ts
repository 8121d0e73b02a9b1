import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { parse, print, stripIgnoredCharacters, visit, type FieldNode } from 'graphql';
import { conditionalNamesIn } from './conditional-names.ts';
import { mapFetches } from './map-fetches.ts';
import type { PlanningSupergraph } from './planning-supergraph.ts';
import { splitFetch } from './split-fetch.ts';

/**
 * Makes a plan right that was made for a `PlanningSupergraph`: puts the fields that are meant in the place of those that
 * stood for them while the operation was planned: subgraphs are asked for the field with its arguments, under the other's
 * name as an alias, and are given it under its own name. What can't be given together is given to them in requests of
 * their own.
 */
export function restoreRequiredFields(plan: QueryPlan, supergraph: PlanningSupergraph): QueryPlan {
  const { requiredFields } = supergraph;
  const conditional = conditionalNamesIn(plan);
  const restore = (fetch: FetchNode): PlanNode =>
    splitFetch(
      {
        ...fetch,
        ...(requiredFields.size > 0 && {
          operation: restoreOperation(fetch.operation, requiredFields),
          ...(fetch.requires && { requires: restoreRequires(fetch.requires, requiredFields) }),
        }),
      },
      supergraph,
      conditional,
    );
  return mapFetches(plan, restore);
}

function restoreOperation(operation: string, requiredFields: ReadonlyMap<string, FieldNode>): string {
  if (![...requiredFields.keys()].some((name) => operation.includes(name))) return operation;
  const restored = visit(parse(operation, { noLocation: true }), {
    Field(node) {
      const { alias, name, arguments: given } = requiredFields.get(node.name.value) ?? {};
      return alias && name ? { ...node, alias, name, ...(given && { arguments: given }) } : undefined;
    },
  });
  return stripIgnoredCharacters(print(restored));
}

const restoreRequires = (
  selections: readonly QueryPlanSelectionNode[],
  requiredFields: ReadonlyMap<string, FieldNode>,
): QueryPlanSelectionNode[] =>
  selections.map((selection) => {
    const below = selection.selections && { selections: restoreRequires(selection.selections, requiredFields) };
    const asked = selection.kind === 'Field' ? requiredFields.get(selection.name) : undefined;
    return {
      ...selection,
      ...(asked && selection.kind === 'Field' && { alias: selection.name, name: asked.name.value }),
      ...below,
    };
  });
