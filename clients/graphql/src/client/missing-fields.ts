import { Kind, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/**
 * What a service that did not answer left out of an answer, where the error does not name it: the fields nearest to the
 * root that should hold something and are null. @param data of the answer; null where there is none at all
 */
export function missingFields(document: DocumentNode, data: unknown): string[] {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  let level = operation ? [{ set: operation.selectionSet, value: data }] : [];
  while (level.length > 0) {
    const missing = new Set<string>();
    const next: typeof level = [];
    for (const { set, value } of level) {
      for (const { name, alias, selectionSet } of fieldsOf(set, fragments)) {
        const key = (alias ?? name).value;
        const child = isObject(value) ? value[key] : null;
        if (!selectionSet || child === undefined) continue;
        if (child === null) missing.add(key);
        else for (const item of [child].flat()) next.push({ set: selectionSet, value: item });
      }
    }
    if (missing.size > 0) return [...missing];
    level = next;
  }
  return [];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** With those of its fragments. */
function fieldsOf(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    const { selectionSet } =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : (fragments.get(selection.name.value) ?? {});
    return selectionSet ? fieldsOf(selectionSet, fragments) : [];
  });
}
