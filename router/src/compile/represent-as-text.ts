import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { getNullableType, isListType, isObjectType, type GraphQLSchema } from 'graphql';
import { generatedFunction } from './generated-function.ts';
import { inheritedNames, type JsonObject } from './own.ts';

/** How a subgraph is told of entities, equal ones once. */
export interface Representation {
  /** What tells an entity from others; `undefined` for one of which the key is not known. */
  readonly keyOf: (entity: JsonObject) => unknown;
  /** JSON, for all entities of that key. */
  readonly textOf: (key: unknown) => string;
}

/**
 * The usual case of `compileRepresentation`: an object type, its name and leaves as a key. The text is put together from
 * parts that are always the same, and where there is one leaf only, it is the key by itself.
 * @returns nothing when it is another case
 */
export function textRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  schema: GraphQLSchema,
): Representation | undefined {
  const [only, another] = requires;
  if (another || only?.kind !== 'InlineFragment' || !only.typeCondition) return undefined;
  const typename = only.typeCondition;
  const type = schema.getType(typename);
  if (!isObjectType(type)) return undefined;
  const fields = type.getFields();
  const keys: { readonly name: string; readonly fetchedName: string }[] = [];
  for (const selection of only.selections) {
    if (selection.kind !== 'Field' || selection.selections) return undefined;
    const { name, alias: fetchedName = name } = selection;
    // Of a list a part may be missing.
    if (inheritedNames.has(fetchedName) || isListType(getNullableType(fields[name]?.type))) return undefined;
    keys.push({ name, fetchedName });
  }
  if (keys[0]?.name !== '__typename' || new Set(keys.map(({ name }) => name)).size !== keys.length) return undefined;
  const head = `{"__typename":${JSON.stringify(typename)}`;
  const leaves = keys.slice(1).map(({ name, fetchedName }) => ({
    name: JSON.stringify(fetchedName),
    prefix: `,${JSON.stringify(name)}:`,
  }));
  const [leaf, ...more] = leaves;
  const isOne = leaf !== undefined && more.length === 0;
  const texts = leaves.map(({ prefix }, index) => `${JSON.stringify(prefix)} + text(v${index})`);
  const lines = [
    'return (entity) => {',
    `if (entity.__typename !== ${JSON.stringify(typename)}) return undefined;`,
    ...leaves.map(
      ({ name }, index) => `const v${index} = entity[${name}];\nif (v${index} === undefined) return undefined;`,
    ),
    `return ${isOne ? 'v0' : [JSON.stringify(head), ...texts, '"}"'].join(' + ')};`,
    '};',
  ];
  return {
    keyOf: generatedFunction(lines, { text: leafAsText }),
    textOf: isOne ? (key) => `${head}${leaf.prefix}${leafAsText(key)}}` : String,
  };
}

/** What JSON writes as it is, but for the quotes. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]{0,64}$/;

const leafAsText = (value: unknown): string =>
  typeof value === 'string' && PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
