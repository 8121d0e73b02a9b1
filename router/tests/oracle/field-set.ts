import { Kind, parse, type SelectionSetNode } from 'graphql';

const parsed = new Map<string, SelectionSetNode>();

/** @param fields as in `@key`, `@requires` and `@provides`, without the outer braces */
export function parseFieldSet(fields: string): SelectionSetNode {
  const known = parsed.get(fields);
  if (known) return known;
  const [definition] = parse(`{ ${fields} }`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError(`no field set: ${fields}`);
  parsed.set(fields, definition.selectionSet);
  return definition.selectionSet;
}

/** Names of the fields at the top of a field set, those within fragments included. */
export function topFieldsOf({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    return selection.kind === Kind.INLINE_FRAGMENT ? topFieldsOf(selection.selectionSet) : [];
  });
}
