import { describe, expect, test } from '@jest/globals';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { describeCase } from './oracle/describe-case.ts';
import { generateModel } from './oracle/generate-model.ts';
import { nextOperation } from './oracle/next-operation.ts';
import { OracleWorld } from './oracle/oracle-world.ts';
import { Random } from './oracle/random.ts';
import type { ClientOperation } from './oracle/random-client-operation.ts';
import { shrink } from './oracle/shrink.ts';

/** So many supergraphs are tried, from the seed on. */
const RUNS = Number(process.env.ORACLE_RUNS ?? 60);
const SEED = Number(process.env.ORACLE_SEED ?? 1);
const OPERATIONS_PER_SUPERGRAPH = 12;

/** Of all supergraphs that are made, and of all operations that are valid: the rest must be compared. */
const MAX_NOT_COMPOSED = 0.15;
const MAX_REFUSED = 0.05;

const counts = { supergraphs: 0, notComposed: 0, operations: 0, refused: 0 };

describe('the router answers what an executor answers that sees the whole graph at once', () => {
  test(`${RUNS} random supergraphs from seed ${SEED}`, async () => {
    for (let seed = SEED; seed < SEED + RUNS; seed += 1) {
      const world = OracleWorld.open(generateModel(seed));
      if (!world) {
        counts.notComposed += 1;
        continue;
      }
      counts.supergraphs += 1;
      expect(printed(world.router.apiSchema)).toBe(printed(world.apiSchema));
      await compareOperations(world, seed);
    }
    if (process.env.ORACLE_RUNS !== undefined) console.log(JSON.stringify({ seed: SEED, ...counts }));
    expect(counts.notComposed).toBeLessThanOrEqual(RUNS * MAX_NOT_COMPOSED);
    expect(counts.refused).toBeLessThanOrEqual(counts.operations * MAX_REFUSED);
  });
});

async function compareOperations(world: OracleWorld, seed: number): Promise<void> {
  const random = new Random(seed * 7_919);
  for (let compared = 0; compared < OPERATIONS_PER_SUPERGRAPH; compared += 1) {
    counts.operations += 1;
    await compareOne(world, seed, nextOperation(world, random));
  }
}

async function compareOne(world: OracleWorld, seed: number, operation: ClientOperation): Promise<void> {
  const difference = await world.compare(operation);
  if (!difference) return;
  if (difference.isRefusal) counts.refused += 1;
  else {
    const small = await shrink(world, operation, difference);
    throw new Error(`ORACLE_SEED=${seed} ORACLE_RUNS=1: ${describeCase(small)}`);
  }
}

const printed = (schema: GraphQLSchema): string =>
  printSchema(lexicographicSortSchema(schema)).replaceAll(/"""[^]*?"""\s*/g, '');
