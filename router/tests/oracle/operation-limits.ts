import {
  Kind,
  OperationTypeNode,
  print,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { COMPUTED_FIELDS } from './add-requires.ts';
import { isExcluded } from './known-limits.ts';
import type { Model } from './model.ts';

/** Whether an operation has none of the shapes that are not to be generated. */
export function isWithinLimits(document: DocumentNode, model: Model): boolean {
  const shapes = new OperationShapes(document);
  return !(
    (isExcluded('conditionalAndAgain') && shapes.hasConditionalAgain()) ||
    (isExcluded('mutationFieldAgain') && shapes.hasMutationFieldAgain()) ||
    (isExcluded('conditionalComputed') && shapes.hasConditional(COMPUTED_FIELDS)) ||
    (isExcluded('interfaceObjectFragment') &&
      hasInterfaceObject(model) &&
      hasFragmentOn(document, abstractIn(model))) ||
    (isExcluded('interfaceObjectTypename') && hasInterfaceObject(model) && shapes.has('__typename')) ||
    (isExcluded('allConditional') && shapes.hasAllConditional())
  );
}

class OperationShapes {
  readonly #isMutation: boolean;
  readonly #roots: SelectionSetNode[];
  readonly #fragments = new Map<string, FragmentDefinitionNode>();

  constructor(document: DocumentNode) {
    this.#isMutation = document.definitions.some(
      (definition) =>
        definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION,
    );
    this.#roots = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition.selectionSet] : [],
    );
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  /** Some response name is under a condition, and there a second time. */
  hasConditionalAgain(): boolean {
    const counts = new Map<string, { occurrences: number; isConditional: boolean }>();
    this.#eachField((field, isConditional) => {
      const name = (field.alias ?? field.name).value;
      const { occurrences = 0, isConditional: known = false } = counts.get(name) ?? {};
      counts.set(name, { occurrences: occurrences + 1, isConditional: isConditional || known });
    });
    return [...counts.values()].some(({ occurrences, isConditional }) => occurrences > 1 && isConditional);
  }

  /** Some root field of a mutation is selected twice under one name. */
  hasMutationFieldAgain(): boolean {
    if (!this.#isMutation) return false;
    const names = this.#roots.flatMap((root) => this.#namesIn(root));
    return new Set(names).size < names.length;
  }

  /** Response names in a selection set, those of fragments included. */
  #namesIn({ selections }: SelectionSetNode): string[] {
    return selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [(selection.alias ?? selection.name).value];
      const below = this.#below(selection);
      return below ? this.#namesIn(below) : [];
    });
  }

  /** Some field of these names is under a condition. */
  hasConditional(names: readonly string[]): boolean {
    let found = false;
    this.#eachField((field, isConditional) => (found ||= isConditional && names.includes(field.name.value)));
    return found;
  }

  has(name: string): boolean {
    let found = false;
    this.#eachField((field) => (found ||= field.name.value === name));
    return found;
  }

  /** @param visit told of each field, and whether it or a fragment around it has a condition */
  #eachField(visit: (field: FieldNode, isConditional: boolean) => void): void {
    const walk = ({ selections }: SelectionSetNode, within: boolean): void => {
      for (const selection of selections) {
        const isConditional = within || hasCondition(selection);
        if (selection.kind === Kind.FIELD) visit(selection, isConditional);
        const below = this.#below(selection);
        if (below) walk(below, selection.kind !== Kind.FIELD && isConditional);
      }
    };
    for (const root of this.#roots) walk(root, false);
  }

  /** Some object may be left without any field. */
  hasAllConditional(): boolean {
    const isCertain = (selection: SelectionNode): boolean => {
      if (hasCondition(selection)) return false;
      return selection.kind === Kind.FIELD || (this.#below(selection)?.selections.some(isCertain) ?? false);
    };
    const walk = ({ selections }: SelectionSetNode): boolean =>
      selections.some((selection) => {
        const below = this.#below(selection);
        if (!below) return false;
        return (selection.kind === Kind.FIELD && !below.selections.some(isCertain)) || walk(below);
      });
    return this.#roots.some((root) => !root.selections.some(isCertain) || walk(root));
  }

  #below(selection: SelectionNode): SelectionSetNode | undefined {
    return selection.kind === Kind.FRAGMENT_SPREAD
      ? this.#fragments.get(selection.name.value)?.selectionSet
      : selection.selectionSet;
  }
}

/** Interfaces and unions, but not those that some subgraph has as an interface object. */
function abstractIn({ subgraphs }: Model): ReadonlySet<string> {
  const types = subgraphs.flatMap((subgraph) => subgraph.types);
  const namesOf = (...kinds: string[]) => types.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  return new Set(namesOf('interface', 'union')).difference(new Set(namesOf('interface object')));
}

const hasFragmentOn = (document: DocumentNode, names: ReadonlySet<string>): boolean =>
  [...print(document).matchAll(/ on (\w+)/g)].some(([, name = '']) => names.has(name));

const hasInterfaceObject = ({ subgraphs }: Model): boolean =>
  subgraphs.some(({ types }) => types.some(({ kind }) => kind === 'interface object'));

const hasCondition = ({ directives = [] }: SelectionNode): boolean => directives.length > 0;
