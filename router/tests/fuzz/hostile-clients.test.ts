import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBudget } from '../../../infra/fuzz/src/budget.ts';
import { Random, seedOf } from '../../../infra/fuzz/src/random.ts';
import { ServedWorld } from '../worlds/served-world.ts';
import { until } from '../worlds/transports.ts';
import { Canaries } from './canaries.ts';
import { fuzzedSettings, fuzzedSources } from './fuzzed-world.ts';
import { connectionsTo, heapInUse } from './growth.ts';
import { show, type Input, type Outcome } from './input.ts';
import { randomInput } from './random-input.ts';
import { send } from './send.ts';

const PER_ROUND = 300;
const AT_ONCE = 16;
/** What caches hold goes up and down by 60 MB; what grows without a limit grows by more in a run of minutes. */
const MAX_GROWTH_BYTES = 150_000_000;

/** What no answer may hold, whatever was sent. */
const FAILED = /^HTTP\/1\.1 5\d\d|INTERNAL_SERVER_ERROR|node_modules|stacktrace/m;

/**
 * Clients that send anything over every transport: `FUZZ_MS` says for how long, `FUZZ_SEED` repeats a run, `FUZZ_INPUT`
 * one input of it.
 */
describe('hostile clients', () => {
  const budget = openBudget(20_000);
  let world: ServedWorld;
  let canaries: Canaries;
  beforeAll(async () => {
    world = await ServedWorld.open(fuzzedSources, fuzzedSettings);
    canaries = await Canaries.open(world.port);
  });
  afterAll(() => world.close());

  const inputOf = (number: number): Input =>
    randomInput(world.world.supergraph.apiSchema, new Random(seedOf(budget.seed, number)));

  async function attempt(port: number, number: number): Promise<Outcome> {
    const input = inputOf(number);
    const describeInput = () => `FUZZ_SEED=${budget.seed} FUZZ_INPUT=${number}: ${show(input)}`;
    const outcome = await send(port, input).catch((error: unknown) => {
      throw new Error(`${describeInput()}: ${(error as Error).message}`);
    });
    if (FAILED.test(outcome.text)) throw new Error(`${describeInput()} was answered\n${outcome.text.slice(0, 2_000)}`);
    return outcome;
  }

  /** Sends inputs, several at once; answers what each was told. */
  async function attemptAll(port: number, numbers: readonly number[]): Promise<Map<number, string | undefined>> {
    const told = new Map<number, string | undefined>();
    const waiting = numbers.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const number of waiting) told.set(number, (await attempt(port, number)).told);
      }),
    );
    return told;
  }

  /** What one client is told depends on nothing that another one sent: neither what came before, nor in which order. */
  async function compareWithFresh(numbers: readonly number[]): Promise<void> {
    const used = await attemptAll(world.port, numbers);
    const order = new Random(numbers[0] ?? 0);
    const shuffled = numbers
      .map((number) => [order.next(), number] as const)
      .toSorted(([one], [other]) => one - other)
      .map(([, number]) => number);
    const port = await world.startRouter();
    try {
      const fresh = await attemptAll(port, shuffled);
      for (const number of numbers) {
        if (used.get(number) === fresh.get(number)) continue;
        const told = [used, fresh].map((from) => from.get(number)?.slice(0, 2_000)).join('\n--- a fresh router: ');
        throw new Error(`FUZZ_SEED=${budget.seed} FUZZ_INPUT=${number}: ${show(inputOf(number))}\n--- told ${told}`);
      }
      await canaries.check(port);
    } finally {
      await world.stopRouter(port);
    }
  }

  async function openSubscriptions(): Promise<number> {
    const counts = (await world.metrics()).matchAll(/^router_(?:open|upstream)_subscriptions\{.*\} (\d+)$/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  test(
    'are answered or cut off, and nobody else notices',
    async () => {
      let inputs = 0;
      let before = 0;
      let rounds = 0;
      do {
        const numbers =
          budget.only === undefined
            ? Array.from({ length: PER_ROUND }, (_none, index) => inputs + index)
            : [budget.only];
        await compareWithFresh(numbers);
        await canaries.check();
        inputs += numbers.length;
        world.asked.length = 0;
        world.connected.length = 0;
        world.subscribed.length = 0;
        rounds += 1;
        // What is loaded once has been loaded after some rounds, and caches are full.
        if (rounds <= 10) before = heapInUse();
      } while (budget.only === undefined && budget.hasTime());
      await until(() => connectionsTo(world.port) === 0);
      await until(async () => (await openSubscriptions()) === 0);
      await canaries.check();
      const growth = heapInUse() - before;
      process.stdout.write(
        `hostile clients: FUZZ_SEED=${budget.seed}, ${inputs} inputs, heap +${Math.round(growth / 1e6)} MB\n`,
      );
      expect(growth).toBeLessThan(MAX_GROWTH_BYTES);
    },
    3_600_000 + Number(process.env.FUZZ_MS ?? 0),
  );
});
