import { Kind, visit, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';

const CONDITIONAL = new Set(['skip', 'include', 'defer']);

/**
 * The variables of nullable types that `@skip`, `@include` and `@defer` of an operation take. They may stand there because
 * they have a default, and must not be given as null then (GraphQL specification, 5.8.5).
 */
export function conditionVariables(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): ReadonlySet<string> {
  const variables = new Set<string>();
  const seen = new Set<string>();
  const look = (definition: OperationDefinitionNode | FragmentDefinitionNode): void =>
    void visit(definition, {
      Directive({ name, arguments: given = [] }) {
        if (!CONDITIONAL.has(name.value)) return;
        for (const { value } of given) if (value.kind === Kind.VARIABLE) variables.add(value.name.value);
      },
      FragmentSpread({ name: { value } }) {
        const fragment = fragments.get(value);
        if (!fragment || seen.has(value)) return;
        seen.add(value);
        look(fragment);
      },
    });
  look(operation);
  for (const { variable, type } of operation.variableDefinitions ?? []) {
    if (type.kind === Kind.NON_NULL_TYPE) variables.delete(variable.name.value);
  }
  return variables;
}
