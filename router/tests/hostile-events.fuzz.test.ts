import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBudget } from '../../infra/fuzz/src/budget.ts';
import { Upstream } from '../src/subscriptions/upstream.ts';
import { HostileEvents } from './hostile/hostile-events.ts';

/** Generous: it decides nothing but how soon a fault is told. */
const DEADLINE_MS = 60_000;

/** A longer run: `FUZZ_MS=1800000`; the same again: `FUZZ_SEED=7`; one input of it: `FUZZ_INPUT=123`. */
describe('a subgraph whose events are whatever it likes', () => {
  const budget = openBudget(10_000);
  const subgraph = new HostileEvents();
  let upstream: Upstream;
  /** The last event of the subscription that is served honestly; how it has ended, if it has. */
  let ticked = 0;
  let ended: string | undefined;

  beforeAll(async () => {
    upstream = new Upstream({
      subgraph: 'events',
      url: await subgraph.listen(),
      connectionParams: async () => ({}),
      onTrouble: () => {},
      keepAliveMs: 200,
      maxMessageBytes: 1_000_000,
      wait: (ms) => new Promise((waited) => setTimeout(waited, Math.min(ms, 5))),
    });
    await upstream.subscribe(subscriptionOf(0), {
      event: ({ data }) => (ticked = Number((data as { ticked: unknown }).ticked)),
      failed: (errors) => (ended = JSON.stringify(errors)),
      completed: () => (ended = 'completed'),
    });
  });
  afterAll(async () => {
    await upstream.close();
    await subgraph.close();
  });

  async function until(condition: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`${what} not within ${DEADLINE_MS} ms`);
      await new Promise((again) => setTimeout(again, 2));
    }
  }

  async function tryInput(input: number): Promise<void> {
    subgraph.attack(input, budget.seed);
    const events: unknown[] = [];
    let ends = 0;
    await upstream.subscribe(subscriptionOf(input), {
      event: (event) => events.push(event),
      failed: (errors) => {
        ends += 1;
        expect(errors.length).toBeGreaterThan(0);
        for (const { message } of errors) expect(typeof message).toBe('string');
      },
      completed: () => (ends += 1),
    });
    await until(() => ends > 0, 'the end of the subscription');
    for (const event of events) {
      const { data, errors } = event as { data?: unknown; errors?: unknown };
      expect((typeof data === 'object' && data !== null) || (Array.isArray(errors) && errors.length > 0)).toBe(true);
    }
    // The other one goes on, after a gap perhaps.
    await until(() => {
      subgraph.tick(input);
      return ticked === input || ended !== undefined;
    }, 'an event for another');
    expect(ended).toBeUndefined();
    expect(ends).toBe(1);
  }

  test(
    'each subscription ends, with errors where it is not as it should be, and the others go on',
    async () => {
      let input = budget.only ?? 0;
      do {
        if (budget.only === undefined) input += 1;
        await tryInput(input).catch((error: Error) => {
          throw new Error(
            `FUZZ_SEED=${budget.seed} FUZZ_INPUT=${input}: ${error.message}\n${subgraph.done.join('\n')}`,
          );
        });
      } while (budget.only === undefined && budget.hasTime());
      process.stdout.write(`hostile events: ${input} inputs, FUZZ_SEED=${budget.seed}\n`);
      await until(() => subgraph.connections <= 1, 'all other sockets closed');
    },
    budget.ms + 300_000,
  );
});

const subscriptionOf = (input: number) => ({
  request: () => ({ query: 'subscription ($input: Int!) { ticked(input: $input) }', variables: { input } }),
  extensions: async () => undefined,
});
