import { expect, test } from '@jest/globals';
import { findBroken } from './check.ts';
import { domain } from './domain.ts';
import { mutants } from './mutants.ts';

test.each(Object.entries(mutants))('the model notices: %s', (_name, mutant) => {
  expect(findBroken(mutant, { numRuns: 10_000, seed: 1, endOnFailure: true })).toContain('SAGA_SEED');
});

// An inbox is trimmed after some days, and a dead letter may be sent again after that.
test('every effect absorbs repeats by itself too, where no inbox remembers them', () => {
  expect(findBroken({ ...domain, inbox: false }, { numRuns: 1_000 })).toBeUndefined();
});
