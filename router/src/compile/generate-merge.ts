import { Kind, parse, type FieldNode, type SelectionNode } from 'graphql';
import { generatedFunction } from './generated-function.ts';
import { mergeInto, mergeValue } from './merge.ts';
import { inheritedNames, type JsonObject } from './own.ts';

/** Puts what a subgraph answered for an entity into the entity. */
export type MergeEntity = (entity: JsonObject, answer: JsonObject) => void;

/**
 * `mergeInto` for the entities of one request, whose fields are known: written out field by field, so that each is read
 * and written at a place of its own, which engines make fast. What was not asked for is not taken.
 * @param operation the text of the request
 */
export function generateMerge(operation: string): MergeEntity {
  const names = fieldsOfEntities(operation);
  if (names.length === 0 || names.some((name) => inheritedNames.has(name))) return mergeInto;
  const lines = names.map((name) => {
    const key = JSON.stringify(name);
    return [
      `value = answer[${key}];`,
      'if (value !== undefined) {',
      `present = entity[${key}];`,
      `if (present === undefined || present === null) entity[${key}] = value;`,
      `else mergeValue(entity, ${key}, present, value);`,
      '}',
    ].join('\n');
  });
  return generatedFunction(['return (entity, answer) => {', 'let value, present;', ...lines, '};'], { mergeValue });
}

/** The names that entities may have in the answer: of every type together. */
function fieldsOfEntities(operation: string): readonly string[] {
  const { definitions } = parse(operation, { noLocation: true });
  const names = new Set<string>();
  const visit = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(responseName(selection));
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet.selections);
      else {
        const { value } = selection.name;
        for (const one of definitions) {
          if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === value) visit(one.selectionSet.selections);
        }
      }
    }
  };
  for (const one of definitions) {
    if (one.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const root of one.selectionSet.selections) {
      if (root.kind === Kind.FIELD && root.selectionSet) visit(root.selectionSet.selections);
    }
  }
  return [...names];
}

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;
