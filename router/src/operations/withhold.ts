import type { GraphQLFormattedError } from 'graphql';
import { isSubscription, type OperationResult } from '../compile/compile-operation.ts';
import type { Executable } from './operation.ts';

/** Tells with every result what was withheld from it. */
export function withhold(executable: Executable, errors: readonly GraphQLFormattedError[]): Executable {
  const tell = ({ errors: others = [], ...rest }: OperationResult): OperationResult => ({
    errors: [...others, ...errors],
    ...rest,
  });
  const { operation, plan } = executable;
  if (isSubscription(executable)) {
    const { source, rootField } = executable;
    return {
      operation,
      plan,
      source,
      rootField,
      executeEvent: async (...given) => tell(await executable.executeEvent(...given)),
    };
  }
  return {
    operation,
    plan,
    // As objects: there is always something to tell.
    execute: async (variables, call, meter) => tell(await executable.execute(variables, call, meter)),
  };
}
