import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBudget } from '../../infra/fuzz/src/budget.ts';
import { Random, seedOf } from '../../infra/fuzz/src/random.ts';
import { Stalls } from '../../infra/fuzz/src/stalls.ts';
import { HostileWorld, TIMEOUT_MS, operations } from './hostile/hostile-world.ts';
import { judgeReply } from './hostile/judge-reply.ts';

/** At a time. */
const WORKERS = 16;
const MAX_GROWTH_BYTES = 64 * 1_048_576;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapBytes = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
};

/** A longer run: `FUZZ_MS=1800000`; the same again: `FUZZ_SEED=7`; one input of it: `FUZZ_INPUT=123`. */
describe('a subgraph that does whatever it likes', () => {
  const budget = openBudget(20_000);
  const stalls = new Stalls();
  /** Inputs during which this process did not run for so long that deadlines mean nothing. */
  let unjudged = 0;
  let world: HostileWorld;

  beforeAll(async () => {
    world = await HostileWorld.open();
  });
  afterAll(async () => {
    stalls.stop();
    await world.close();
  });

  const good = async (): Promise<void> => {
    const { status, body } = await world.ask('{ things { id name } }', {});
    expect({ status, body }).toEqual({ status: 200, body: await world.honest('query Q { things { id name } }', {}) });
  };

  /** @throws Error that says how to repeat it */
  async function tryInput(input: number): Promise<void> {
    const random = new Random(seedOf(budget.seed, input) ^ 1);
    const name = random.pick(Object.keys(operations) as (keyof typeof operations)[]);
    const variables = { n: input };
    const expected = await world.honest(operations[name], variables);
    const startedAt = performance.now();
    world.bad.attack(input, budget.seed);
    try {
      const [reply] = await Promise.all([world.ask(operations[name], variables), random.chance(0.1) && good()]);
      const { attacks, asked } = world.bad.relent(input);
      const isNull = attacks.some(({ body }) => body.includes('null'));
      expect(judgeReply(reply, { isNull })).toBeUndefined();
      if (attacks.length > 0 && attacks.every(({ isHarmless }) => isHarmless)) expect(reply.body).toEqual(expected);
      if (name === 'mutation') expect(asked).toBe(1);
      // Nothing of it is left for whoever comes next.
      expect(await world.ask(operations[name], variables)).toEqual({ status: 200, body: expected });
    } catch (error) {
      if (stalls.since(startedAt) > TIMEOUT_MS / 4) {
        unjudged += 1;
        return;
      }
      const again = `FUZZ_SEED=${budget.seed} FUZZ_INPUT=${input} (${name})`;
      const outcomes = (await world.outcomes()).join('\n');
      throw new Error(`${again}: ${(error as Error).message}\n${outcomes}`, { cause: error });
    }
  }

  test(
    'everybody is answered, with errors where data is missing, and nobody else is affected',
    async () => {
      if (budget.only !== undefined) return tryInput(budget.only);
      let next = 0;
      let fault: Error | undefined;
      let settled = 0;
      const work = async (until: () => boolean): Promise<void> => {
        while (until() && fault === undefined) {
          next += 1;
          await tryInput(next).catch((error: Error) => (fault ??= error));
        }
      };
      const workers = (until: () => boolean) => Promise.all(Array.from({ length: WORKERS }, () => work(until)));
      // Whatever is made once has been made by then.
      await workers(() => next < 300);
      settled = heapBytes();
      await workers(budget.hasTime);
      process.stdout.write(`hostile subgraph: ${next} inputs (${unjudged} not judged), FUZZ_SEED=${budget.seed}\n`);
      if (fault) throw fault;
      await good();
      while (world.bad.connections > 0) await new Promise((again) => setTimeout(again, 100));
      expect(heapBytes() - settled).toBeLessThan(MAX_GROWTH_BYTES);
    },
    budget.ms + 300_000,
  );
});
