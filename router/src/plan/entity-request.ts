import type { FetchNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** `@include(if: $variable)` with `equals` true, `@skip(if: $variable)` with `equals` false. */
export interface VariableCondition {
  readonly variable: string;
  readonly equals: boolean;
}

/** A field that a subgraph is asked for of entities of a type. */
export interface EntityField {
  readonly field: FieldNode;
  readonly typeName: string;
  /** All of them must hold; each stands there once, and equal ones in one order. */
  readonly conditions: readonly VariableCondition[];
}

/** The text of a request for entities, of which a part can be asked for. */
export class EntityRequest {
  readonly fields: readonly EntityField[];
  readonly #variables: readonly string[];
  readonly #operation: OperationDefinitionNode;
  readonly #entities: FieldNode;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  /** @throws Error for a request that asks for no entities */
  constructor({ operation: text, variableUsages = [] }: FetchNode) {
    const { definitions } = parse(text, { noLocation: true });
    const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    const [entities] = operation?.selectionSet.selections ?? [];
    if (!operation || entities?.kind !== Kind.FIELD || !entities.selectionSet) {
      throw new Error(`not a request for entities: ${text}`);
    }
    this.#variables = variableUsages;
    this.#operation = operation;
    this.#entities = entities;
    this.#fragments = new Map(
      definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
    );
    this.fields = this.#fieldsOf(entities.selectionSet, '', []);
  }

  /** The request for some of its fields only. */
  only(fields: ReadonlySet<FieldNode>): Pick<FetchNode, 'operation' | 'variableUsages'> {
    const { selectionSet } = this.#entities;
    const entities = { ...this.#entities, selectionSet: this.#select(selectionSet?.selections ?? [], fields) };
    const operation = {
      ...this.#operation,
      selectionSet: { ...this.#operation.selectionSet, selections: [entities] },
    };
    const definitions = [operation, ...this.#spreadIn(operation, new Map()).values()];
    const used = new Set<string>();
    for (const definition of definitions) {
      visit(definition, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
    }
    const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value));
    const document: DocumentNode = {
      kind: Kind.DOCUMENT,
      definitions: [{ ...operation, ...(variableDefinitions && { variableDefinitions }) }, ...definitions.slice(1)],
    };
    return {
      operation: stripIgnoredCharacters(print(document)),
      variableUsages: this.#variables.filter((name) => used.has(name)),
    };
  }

  #fieldsOf(
    { selections }: SelectionSetNode,
    typeName: string,
    within: readonly VariableCondition[],
  ): readonly EntityField[] {
    return selections.flatMap((selection) => {
      const conditions = [...within, ...conditionsOf(selection)];
      if (selection.kind === Kind.FIELD) return [{ field: selection, typeName, conditions: inOrder(conditions) }];
      const { selectionSet, typeCondition } = this.#fragmentOf(selection);
      return this.#fieldsOf(selectionSet, typeCondition?.name.value ?? typeName, conditions);
    });
  }

  #select(selections: readonly SelectionNode[], fields: ReadonlySet<FieldNode>): SelectionSetNode {
    const selected = selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return fields.has(selection) ? [selection] : [];
      const { selectionSet, typeCondition } = this.#fragmentOf(selection);
      const below = this.#select(selectionSet.selections, fields);
      if (below.selections.length === 0) return [];
      const { directives } = selection;
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          selectionSet: below,
          ...(typeCondition && { typeCondition }),
          ...(directives && { directives }),
        },
      ];
    });
    return { kind: Kind.SELECTION_SET, selections: selected };
  }

  #fragmentOf(selection: Exclude<SelectionNode, FieldNode>) {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
    const found = this.#fragments.get(selection.name.value);
    if (!found) throw new Error(`there is no fragment ${selection.name.value}`);
    return found;
  }

  #spreadIn(
    node: OperationDefinitionNode | FragmentDefinitionNode,
    found: Map<string, FragmentDefinitionNode>,
  ): ReadonlyMap<string, FragmentDefinitionNode> {
    visit(node, {
      FragmentSpread: (spread) => {
        const { value } = spread.name;
        const fragment = this.#fragmentOf(spread);
        if (found.has(value) || fragment.kind !== Kind.FRAGMENT_DEFINITION) return;
        this.#spreadIn(fragment, found.set(value, fragment));
      },
    });
    return found;
  }
}

const conditionsOf = ({ directives = [] }: SelectionNode): readonly VariableCondition[] =>
  directives.flatMap(({ name: { value: name }, arguments: given = [] }) => {
    const value = given.find((argument) => argument.name.value === 'if')?.value;
    if ((name !== 'include' && name !== 'skip') || value?.kind !== Kind.VARIABLE) return [];
    return [{ variable: value.name.value, equals: name === 'include' }];
  });

function inOrder(conditions: readonly VariableCondition[]): readonly VariableCondition[] {
  const byKey = new Map(conditions.map((one) => [`${one.variable} ${one.equals}`, one]));
  return [...byKey].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, condition]) => condition);
}
