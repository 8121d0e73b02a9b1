import {
  Kind,
  OperationTypeNode,
  executeSync,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { JsonObject } from './own.ts';

/** Answers `__schema` and `__type` from the API schema, once for all where no variable has a say. */
export class Introspection {
  readonly #kept = new Map<string, unknown>();

  constructor(
    private readonly supergraph: Supergraph,
    private readonly operation: OperationDefinitionNode,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  answer(responseName: string, variables: JsonObject): unknown {
    if (this.#kept.has(responseName)) return this.#kept.get(responseName);
    const fields = introspectionFields(this.operation.selectionSet.selections, this.fragments, responseName);
    const document: DocumentNode = {
      kind: Kind.DOCUMENT,
      definitions: [
        {
          ...this.operation,
          operation: OperationTypeNode.QUERY,
          selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
          directives: [],
        },
        ...this.fragments.values(),
      ],
    };
    const { data, errors } = executeSync({
      schema: this.supergraph.apiSchema,
      document,
      variableValues: variables,
    }) as ExecutionResult<JsonObject>;
    if (errors?.[0]) throw errors[0];
    const answer = data?.[responseName];
    if (!usesVariables(fields, this.fragments)) this.#kept.set(responseName, answer);
    return answer;
  }
}

function introspectionFields(
  selections: OperationDefinitionNode['selectionSet']['selections'],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  responseName: string,
): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      return (selection.alias ?? selection.name).value === responseName ? [selection] : [];
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return fragment ? introspectionFields(fragment.selectionSet.selections, fragments, responseName) : [];
  });
}

function usesVariables(fields: readonly FieldNode[], fragments: ReadonlyMap<string, FragmentDefinitionNode>): boolean {
  let found = false;
  for (const node of [...fields, ...fragments.values()]) {
    visit(node, {
      Variable: () => {
        found = true;
      },
    });
  }
  return found;
}
