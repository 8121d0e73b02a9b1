import {
  getOperationAST,
  Kind,
  OperationTypeNode,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { isCondition, literalOf } from './certain-selections.ts';
import { PlanRefused } from './plan-errors.ts';

/** A root field as a mutation selects it, below the conditions of the fragments around it. */
interface Occurrence {
  readonly field: FieldNode;
  readonly conditions: readonly (readonly DirectiveNode[])[];
}

/**
 * A mutation whose root fields each stand once, in the order in which they are executed (GraphQL specification, 6.2.2 and
 * 6.3.2). The planner takes a field that is selected twice for two where others stand between them, and asks for it twice.
 * @throws PlanRefused for a field that is selected more than once, under a condition whose value is not written there
 */
export function selectMutationFieldsOnce(document: DocumentNode, operationName: string | undefined): DocumentNode {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.MUTATION) return document;
  const { selections } = operation.selectionSet;
  const names = selections.map((selection) => (selection.kind === Kind.FIELD ? responseName(selection) : undefined));
  if (names.every((name) => name !== undefined) && new Set(names).size === names.length) return document;
  const once = { ...operation.selectionSet, selections: mergeOccurrences(occurrencesOf(selections, document)) };
  const written = { ...operation, selectionSet: once };
  // The planner would find the fields of a fragment among those that stand here, and ask for them in the fragment's order.
  const spread = fragmentsSpreadBelow(written, document);
  return {
    ...document,
    definitions: document.definitions.flatMap((one) => {
      if (one === operation) return [written];
      return one.kind === Kind.FRAGMENT_DEFINITION && !spread.has(one.name.value) ? [] : [one];
    }),
  };
}

function fragmentsSpreadBelow(operation: OperationDefinitionNode, document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        if (names.has(value)) return;
        names.add(value);
        for (const one of document.definitions) {
          if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === value) look(one);
        }
      },
    });
  };
  look(operation);
  return names;
}

function occurrencesOf(selections: readonly SelectionNode[], document: DocumentNode): readonly Occurrence[] {
  const fragments = new Map(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const collect = (from: readonly SelectionNode[], conditions: Occurrence['conditions']): Occurrence[] =>
    from.flatMap((selection) => {
      const directives = (selection.directives ?? []).filter((directive) => literalOf(directive) !== true);
      if (directives.some((directive) => literalOf(directive) === false)) return [];
      if (selection.kind === Kind.FIELD) return [{ field: { ...selection, directives }, conditions }];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const below = directives.length > 0 ? [...conditions, directives] : conditions;
      return fragment ? collect(fragment.selectionSet.selections, below) : [];
    });
  return collect(selections, []);
}

function mergeOccurrences(occurrences: readonly Occurrence[]): readonly SelectionNode[] {
  const byName = Map.groupBy(occurrences, ({ field }) => responseName(field));
  return [...byName].map(([name, [first, ...others]]) => {
    if (!first) throw new Error('a group has a member');
    if (others.length === 0) return below(first.conditions, first.field);
    if ([first, ...others].some(isConditional)) {
      throw new PlanRefused(
        'OPERATION_NOT_SUPPORTED',
        `The mutation selects "${name}" more than once, under a condition: select it once.`,
      );
    }
    const { selectionSet } = first.field;
    if (!selectionSet) return first.field;
    const selections = [first, ...others].flatMap(({ field }) => field.selectionSet?.selections ?? []);
    return { ...first.field, selectionSet: { ...selectionSet, selections } };
  });
}

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

const isConditional = ({ field, conditions }: Occurrence): boolean =>
  conditions.length > 0 || (field.directives ?? []).some(isCondition);

const below = (conditions: Occurrence['conditions'], field: FieldNode): SelectionNode =>
  conditions.reduceRight<SelectionNode>(
    (selection, directives) => ({
      kind: Kind.INLINE_FRAGMENT,
      directives,
      selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] },
    }),
    field,
  );
