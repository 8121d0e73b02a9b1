import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { isObjectType, type GraphQLSchema } from 'graphql';
import { inheritedNames, type JsonObject } from './own.ts';

/** A representation as JSON, or `null` for an entity of which the key is not known. */
export type RepresentAsText = (entity: JsonObject) => string | null;

/**
 * The usual case of `compileRepresentation`: an object type, its name and leaves as a key. The text is put together from
 * parts that are always the same.
 * @returns nothing when it is another case
 */
export function compileTextRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  schema: GraphQLSchema,
): RepresentAsText | undefined {
  const [only, another] = requires;
  if (another || only?.kind !== 'InlineFragment' || !only.typeCondition) return undefined;
  const typename = only.typeCondition;
  if (!isObjectType(schema.getType(typename))) return undefined;
  const keys: string[] = [];
  for (const selection of only.selections) {
    if (selection.kind !== 'Field' || selection.selections || inheritedNames.has(selection.name)) return undefined;
    keys.push(selection.alias ?? selection.name);
  }
  if (keys[0] !== '__typename' || new Set(keys).size !== keys.length) return undefined;
  const head = `{"__typename":${JSON.stringify(typename)}`;
  const leaves = keys.slice(1).map((key) => ({ key, prefix: `,${JSON.stringify(key)}:` }));
  return (entity) => {
    if (entity.__typename !== typename) return null;
    let text = head;
    for (const { key, prefix } of leaves) {
      const value = entity[key];
      if (value === undefined) return null;
      text += prefix + JSON.stringify(value);
    }
    return `${text}}`;
  };
}
