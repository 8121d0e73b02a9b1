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
 * selected is still asked for: also where each selection of it contradicts a condition under which it stands itself.
 * @returns the operation with the fragments that are left of its document; its selections may be none
 */
export function dropNeverSelected(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  if (!document.definitions.some((one) => hasCondition(one))) return document;
  const selecting = new Selecting(document);
  const selectionSet = selecting.in(operation.selectionSet, NO_CONDITIONS);
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

/** What variables are, where a selection counts. */
type Held = ReadonlyMap<string, boolean>;

const NO_CONDITIONS: Held = new Map();

class Selecting {
  readonly #definitions: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #kept = new Map<string, FragmentDefinitionNode | undefined>();
  /** Whether anything of a fragment can be selected where conditions hold. */
  readonly #possible = new Map<string, boolean>();

  constructor({ definitions }: DocumentNode) {
    this.#definitions = new Map(
      definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
    );
  }

  in({ selections, ...set }: SelectionSetNode, held: Held): SelectionSetNode {
    return { ...set, selections: selections.flatMap((selection) => this.#selection(selection, held)) };
  }

  /** @returns nothing where nothing is left of it */
  fragment(name: string): FragmentDefinitionNode | undefined {
    if (this.#kept.has(name)) return this.#kept.get(name);
    const definition = this.#definitions.get(name);
    const selectionSet = definition && this.in(definition.selectionSet, NO_CONDITIONS);
    const kept = selectionSet && selectionSet.selections.length > 0 ? { ...definition, selectionSet } : undefined;
    this.#kept.set(name, kept);
    return kept;
  }

  #selection(selection: SelectionNode, within: Held): readonly SelectionNode[] {
    const literals = (selection.directives ?? []).map(literalOf);
    if (literals.includes(false)) return [];
    const directives = (selection.directives ?? []).filter((_directive, index) => literals[index] !== true);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return this.fragment(selection.name.value) ? [{ ...selection, directives }] : [];
    }
    if (!selection.selectionSet) return [{ ...selection, directives }];
    const held = holdAlso(within, selection) ?? within;
    const selectionSet = this.in(selection.selectionSet, held);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return selectionSet.selections.length > 0 ? [{ ...selection, directives, selectionSet }] : [];
    }
    const { selections } = selectionSet;
    const isAnyPossible = selections.some((one) => this.#isPossible(one, held));
    const all = { ...selectionSet, selections: isAnyPossible ? selections : [TYPENAME, ...selections] };
    return [{ ...selection, directives, selectionSet: all }];
  }

  #isPossible(selection: SelectionNode, within: Held): boolean {
    const held = holdAlso(within, selection);
    if (!held || selection.kind === Kind.FIELD) return held !== undefined;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return selection.selectionSet.selections.some((one) => this.#isPossible(one, held));
    }
    const { value: name } = selection.name;
    const key = `${name} ${JSON.stringify([...held].toSorted(([one], [other]) => (one < other ? -1 : 1)))}`;
    const known = this.#possible.get(key);
    if (known !== undefined) return known;
    const selections = this.#definitions.get(name)?.selectionSet.selections ?? [];
    const isPossible = selections.some((one) => this.#isPossible(one, held));
    this.#possible.set(key, isPossible);
    return isPossible;
  }
}

/** What holds where a selection counts; nothing where it never does. */
function holdAlso(held: Held, { directives = [] }: SelectionNode): Held | undefined {
  let all = held;
  for (const directive of directives) {
    const [variable, equals] = [variableOf(directive), directive.name.value === 'include'];
    if (literalOf(directive) === false || (variable !== undefined && all.get(variable) === !equals)) return undefined;
    if (variable !== undefined) all = new Map(all).set(variable, equals);
  }
  return all;
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

const hasCondition = (node: DocumentNode['definitions'][number]): boolean =>
  (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION) &&
  hasConditionBelow(node.selectionSet);

const hasConditionBelow = ({ selections }: SelectionSetNode): boolean =>
  selections.some(
    (selection) =>
      selection.directives?.some(isCondition) ||
      (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet && hasConditionBelow(selection.selectionSet)),
  );

export const isCondition = ({ name }: DirectiveNode): boolean => name.value === 'include' || name.value === 'skip';

/** Whether a selection counts as far as this directive says, where that is written in the document. */
export function literalOf(directive: DirectiveNode): boolean | undefined {
  const value = conditionIn(directive);
  return value?.kind === Kind.BOOLEAN ? value.value === (directive.name.value === 'include') : undefined;
}

function variableOf(directive: DirectiveNode): string | undefined {
  const value = conditionIn(directive);
  return value?.kind === Kind.VARIABLE ? value.name.value : undefined;
}

const conditionIn = (directive: DirectiveNode) =>
  isCondition(directive) ? directive.arguments?.find(({ name }) => name.value === 'if')?.value : undefined;
