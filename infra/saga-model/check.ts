import fc from 'fast-check';
import type { Domain } from './domain.ts';
import { play, type Scenario } from './run.ts';

/** Up to four orders that compete for scarce stock; which faults are about differs from run to run. */
export const scenario: fc.Arbitrary<Scenario> = fc.record({
  setting: fc.record({
    stock: fc.integer({ min: 0, max: 4 }),
    orders: fc.array(
      fc.record({
        dishes: fc.array(fc.constantFrom('bread' as const, 'salad' as const), { minLength: 1, maxLength: 2 }),
        card: fc.constantFrom('pays', 'pays', 'pays', 'declines'),
      }),
      { minLength: 1, maxLength: 3, size: 'max' },
    ),
  }),
  weather: fc.array(
    fc.record({
      // Incidents and deadlines are rare; a relay or a consumer is down in one spell of four.
      swarm: fc.tuple(
        ...Array.from({ length: 13 }, () => fc.constantFrom(0, 0, 0, 1, 3)),
        ...Array.from({ length: 8 }, () => fc.constantFrom(0, 1, 1, 1)),
      ),
      choices: fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 50, size: 'max' }),
      settles: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6, size: 'max' },
  ),
}) as fc.Arbitrary<Scenario>;

/** Plays many scenarios. @returns what broke, or nothing */
export function findBroken(domain: Domain, parameters: fc.Parameters<[Scenario]>): string | undefined {
  const property = fc.property(scenario, (one) => void play(one, domain));
  const { failed, seed, numRuns, counterexample } = fc.check(property, parameters);
  if (!failed || !counterexample) return undefined;
  const [{ setting }] = counterexample;
  const trace: string[] = [];
  let broken: unknown;
  try {
    play(counterexample[0], domain, trace);
  } catch (error) {
    broken = error;
  }
  return `SAGA_SEED=${seed}, after ${numRuns} runs: ${String(broken)}\n${JSON.stringify(setting)}\n${trace.join('\n')}`;
}
