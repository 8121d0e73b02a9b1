import { execute, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { ModelData, ModelObject } from './model-data.ts';
import type { ClientOperation } from './random-client-operation.ts';

/** Answers from the whole model at once, as if there were no subgraphs. */
export async function executeNaively(
  schema: GraphQLSchema,
  data: ModelData,
  { text, variables }: ClientOperation,
): Promise<ExecutionResult> {
  data.reset();
  const result = await execute({
    schema,
    document: parse(text),
    rootValue: { __typename: 'Query', seed: 'root' },
    variableValues: variables,
    fieldResolver: (source: ModelObject, args: Record<string, unknown>, _context, { fieldName, parentType }) =>
      data.value({ __typename: parentType.name, seed: source.seed }, fieldName, args),
  });
  return JSON.parse(JSON.stringify(result)) as ExecutionResult;
}
