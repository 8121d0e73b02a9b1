import { Kind, parse, print, visit, type DocumentNode, type InlineFragmentNode } from 'graphql';
import type { ClientOperation } from './random-client-operation.ts';

/**
 * Makes an operation smaller for as long as it still fails: takes out selections, arguments, aliases, conditions and
 * fragments, one after the other.
 * @param fails whether an operation is valid and still shows the fault
 */
export async function shrinkOperation(
  operation: ClientOperation,
  fails: (operation: ClientOperation) => Promise<boolean>,
): Promise<ClientOperation> {
  let smallest = operation;
  for (let index = 0; ;) {
    const document = parse(smallest.text);
    const changed = change(document, index);
    if (!changed) return smallest;
    const candidate = { ...smallest, text: print(withoutUnused(changed)) };
    if (candidate.text !== print(document) && (await fails(candidate))) smallest = candidate;
    else index += 1;
  }
}

/** The document with one change, the `index`-th of all that there are; nothing when there are fewer. */
function change(document: DocumentNode, index: number): DocumentNode | undefined {
  let count = 0;
  const isNext = () => count++ === index;
  const remove = () => (isNext() ? null : undefined);
  const changed = visit(document, {
    Field(node) {
      if (isNext()) return null;
      return node.alias && isNext() ? { ...node, alias: undefined } : undefined;
    },
    SelectionSet(node) {
      const at = node.selections.findIndex((selection) => selection.kind === Kind.INLINE_FRAGMENT && isNext());
      const fragment = node.selections[at];
      if (fragment?.kind !== Kind.INLINE_FRAGMENT) return undefined;
      return { ...node, selections: node.selections.toSpliced(at, 1, ...fragment.selectionSet.selections) };
    },
    FragmentSpread(node) {
      if (isNext()) return null;
      return isNext() ? inlined(document, node.name.value) : undefined;
    },
    InlineFragment: remove,
    Directive: remove,
    Argument: remove,
    ObjectField: remove,
  });
  return count > index ? changed : undefined;
}

function inlined(document: DocumentNode, name: string): InlineFragmentNode | undefined {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION || definition.name.value !== name) continue;
    const { typeCondition, selectionSet } = definition;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
  }
  return undefined;
}

/** Without the variables and fragments that nothing uses any more. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const text = print(document);
  const used: DocumentNode = visit(document, {
    VariableDefinition: ({ variable: { name } }) =>
      text.split(new RegExp(`\\$${name.value}\\b`)).length > 2 ? undefined : null,
    FragmentDefinition: ({ name }) => (new RegExp(`\\.\\.\\.${name.value}\\b`).test(text) ? undefined : null),
  });
  return print(used) === text ? used : withoutUnused(used);
}
