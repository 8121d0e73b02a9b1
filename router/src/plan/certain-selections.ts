import {
  Kind,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Takes out of an operation what it never selects, `@skip(if: true)`, and the conditions that always hold. The planner
 * keeps both, and fetches nothing of what a field requires that stands beside such a one. An object of which nothing is
 * selected is still asked for.
 * @returns the operation with the fragments that are left of its document; its selections may be none
 */
export function dropNeverSelected(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  if (!document.definitions.some((one) => hasLiteral(one))) return document;
  const selecting = new Selecting(document);
  const selectionSet = selecting.in(operation.selectionSet);
  return {
    ...document,
    definitions: document.definitions.flatMap((one): readonly DefinitionNode[] => {
      if (one === operation) return [{ ...operation, selectionSet }];
      if (one.kind !== Kind.FRAGMENT_DEFINITION) return [one];
      const fragment = selecting.fragment(one.name.value);
      return fragment ? [fragment] : [];
    }),
  };
}

class Selecting {
  readonly #definitions: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #kept = new Map<string, FragmentDefinitionNode | undefined>();

  constructor({ definitions }: DocumentNode) {
    this.#definitions = new Map(
      definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
    );
  }

  in({ selections, ...set }: SelectionSetNode): SelectionSetNode {
    return { ...set, selections: selections.flatMap((selection) => this.#selection(selection)) };
  }

  /** @returns nothing where nothing is left of it */
  fragment(name: string): FragmentDefinitionNode | undefined {
    if (this.#kept.has(name)) return this.#kept.get(name);
    const definition = this.#definitions.get(name);
    const selectionSet = definition && this.in(definition.selectionSet);
    const kept = selectionSet && selectionSet.selections.length > 0 ? { ...definition, selectionSet } : undefined;
    this.#kept.set(name, kept);
    return kept;
  }

  #selection(selection: SelectionNode): readonly SelectionNode[] {
    const literals = (selection.directives ?? []).map(literalOf);
    if (literals.includes(false)) return [];
    const directives = (selection.directives ?? []).filter((_directive, index) => literals[index] !== true);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return this.fragment(selection.name.value) ? [{ ...selection, directives }] : [];
    }
    if (!selection.selectionSet) return [{ ...selection, directives }];
    const selectionSet = this.in(selection.selectionSet);
    if (selectionSet.selections.length > 0) return [{ ...selection, directives, selectionSet }];
    if (selection.kind === Kind.INLINE_FRAGMENT) return [];
    return [{ ...selection, directives, selectionSet: { ...selectionSet, selections: [TYPENAME] } }];
  }
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

const hasLiteral = (node: DocumentNode['definitions'][number]): boolean =>
  (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION) &&
  hasLiteralBelow(node.selectionSet);

const hasLiteralBelow = ({ selections }: SelectionSetNode): boolean =>
  selections.some(
    (selection) =>
      selection.directives?.some((directive) => literalOf(directive) !== undefined) ||
      (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet && hasLiteralBelow(selection.selectionSet)),
  );

/** Whether a selection counts as far as this directive says, where that is written in the document. */
export function literalOf({ name, arguments: given }: DirectiveNode): boolean | undefined {
  const value = given?.find((argument) => argument.name.value === 'if')?.value;
  if ((name.value !== 'include' && name.value !== 'skip') || value?.kind !== Kind.BOOLEAN) return undefined;
  return value.value === (name.value === 'include');
}
