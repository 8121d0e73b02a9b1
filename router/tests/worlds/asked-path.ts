import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

type Path = readonly (string | number)[];

/** The part of a path in what was fetched that an operation asks for; the document has no other operation. */
export function askedPath({ definitions }: DocumentNode, path: Path): Path {
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const operation = definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);

  const within = ({ selections }: SelectionSetNode, [first, ...rest]: Path): Path => {
    if (first === undefined) return [];
    if (typeof first === 'number') return [first, ...within({ kind: Kind.SELECTION_SET, selections }, rest)];
    let found: Path = [];
    for (const selection of selections) {
      let longer: Path = [];
      if (selection.kind === Kind.FIELD) {
        if ((selection.alias ?? selection.name).value !== first) continue;
        longer = [first, ...(selection.selectionSet ? within(selection.selectionSet, rest) : rest)];
      } else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT
            ? selection
            : fragments.find(({ name }) => name.value === selection.name.value);
        if (fragment) longer = within(fragment.selectionSet, [first, ...rest]);
      }
      if (longer.length > found.length) found = longer;
    }
    return found;
  };
  return operation ? within(operation.selectionSet, path) : [];
}
