import { parse } from 'graphql';
import { isWithinLimits } from './operation-limits.ts';
import type { OracleWorld } from './oracle-world.ts';
import type { Random } from './random.ts';
import { randomClientOperation, type ClientOperation } from './random-client-operation.ts';

/** The next random operation that is valid and has none of the shapes that are not to be generated. */
export function nextOperation(world: OracleWorld, random: Random): ClientOperation {
  for (;;) {
    const operation = randomClientOperation(world.apiSchema, random, world.fieldNames);
    if (world.isValid(operation.text) && isWithinLimits(parse(operation.text), world.model)) return operation;
  }
}
