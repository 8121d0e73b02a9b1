import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { isAbstractType, type GraphQLSchema } from 'graphql';
import { namesGiven } from './given-fields.ts';
import { includesNeeds, type Needs } from './needs.ts';

/**
 * Leaves out of a request the entities of which it is given no key. Where some fields are asked for of one implementation
 * of an interface, and the subgraph has that as an object type, the planner gives the key of that implementation, and what
 * the fields require of all.
 * @param keysOf the keys by which the subgraph knows entities of a type
 * @param schema with everything that only subgraphs may ask each other for
 */
export function giveKeys(
  fetch: FetchNode,
  keysOf: (typeName: string) => readonly Needs[],
  schema: GraphQLSchema,
): FetchNode {
  const { requires = [] } = fetch;
  const byType = new Map<string, QueryPlanSelectionNode[]>();
  for (const one of requires) {
    if (one.kind !== 'InlineFragment' || one.typeCondition === undefined) return fetch;
    byType.set(one.typeCondition, [...(byType.get(one.typeCondition) ?? []), ...one.selections]);
  }
  if (byType.size < 2) return fetch;
  const hasKey = (typeName: string, given: readonly QueryPlanSelectionNode[]): boolean =>
    keysOf(typeName).some((key) => includesNeeds(namesGiven(given), key));
  if ([...byType].every(([typeName, given]) => hasKey(typeName, given))) return fetch;
  const objects = new Set([...byType.keys()].flatMap((typeName) => objectTypesOf(typeName, schema)));
  const keyed = [...objects].flatMap((typeCondition): QueryPlanSelectionNode[] => {
    const selections = [...byType].flatMap(([typeName, given]) =>
      objectTypesOf(typeName, schema).includes(typeCondition) ? given : [],
    );
    const unique = [...new Map(selections.map((one) => [JSON.stringify(one), one])).values()];
    return hasKey(typeCondition, unique) ? [{ kind: 'InlineFragment', typeCondition, selections: unique }] : [];
  });
  return keyed.length > 0 ? { ...fetch, requires: keyed } : fetch;
}

function objectTypesOf(typeName: string, schema: GraphQLSchema): readonly string[] {
  const type = schema.getType(typeName);
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [typeName];
}
