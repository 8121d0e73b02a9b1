import { expect, test } from '@jest/globals';
import { findBroken } from './check.ts';
import { domain } from './domain.ts';

const numRuns = Number(process.env.SAGA_RUNS ?? 5_000);
const { SAGA_SEED } = process.env;

test(`whatever happens in whatever order, every order ends well (${numRuns} runs)`, () => {
  expect(findBroken(domain, { numRuns, ...(SAGA_SEED && { seed: Number(SAGA_SEED) }) })).toBeUndefined();
}, 3_600_000);
