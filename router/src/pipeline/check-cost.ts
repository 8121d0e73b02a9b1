import type { GraphQLFormattedError } from 'graphql';
import type { JsonObject } from '../compile/own.ts';
import type { Operation } from '../operations/operation.ts';
import { Refusal } from './refusal.ts';

/**
 * @param most no limit when absent
 * @param variables as the client sent them; an argument that is given by a variable without a value counts by its default
 * @returns what the operation will cost by the estimate
 * @throws Refusal (400) when that is more than an operation may, or a list is asked to be too long
 */
export function checkCost(operation: Operation, variables: JsonObject, most: number | undefined): number {
  const { cost, tooLong } = operation.estimateCost(variables);
  const errors: GraphQLFormattedError[] = tooLong.map(({ argument, found, allowed }) => ({
    message: `${argument} asks for ${found}; at most ${allowed} are allowed.`,
    extensions: { code: 'OPERATION_TOO_EXPENSIVE', argument, allowed, found },
  }));
  if (most !== undefined && cost > most) {
    errors.push({
      message: `The operation would cost ${cost}; at most ${most} is allowed.`,
      extensions: { code: 'OPERATION_TOO_EXPENSIVE', cost: { estimated: cost, allowed: most } },
    });
  }
  if (errors.length > 0) throw new Refusal(400, errors);
  return cost;
}
