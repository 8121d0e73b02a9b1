import {
  Kind,
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
    (isExcluded('conditionalComputed') && shapes.hasConditional(COMPUTED_FIELDS)) ||
    (isExcluded('interfaceObjectFragment') &&
      hasInterfaceObject(model) &&
      hasFragmentOn(document, abstractIn(model))) ||
    (isExcluded('allConditional') && shapes.hasAllConditional())
  );
}

class OperationShapes {
  readonly #roots: SelectionSetNode[];
  readonly #fragments = new Map<string, FragmentDefinitionNode>();

  constructor(document: DocumentNode) {
    this.#roots = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition.selectionSet] : [],
    );
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  /** Some field of these names is under a condition. */
  hasConditional(names: readonly string[]): boolean {
    let found = false;
    this.#eachField((field, isConditional) => (found ||= isConditional && names.includes(field.name.value)));
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
