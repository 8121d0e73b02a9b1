import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBudget } from '../../infra/fuzz/src/budget.ts';
import { Random, seedOf } from '../../infra/fuzz/src/random.ts';
import { deadlineIn } from '../src/transport/deadline.ts';
import { openTransport } from '../src/transport/open-transport.ts';
import { SubgraphFailure } from '../src/transport/subgraph-failure.ts';
import { RequestHeaders, type SubgraphTransport } from '../src/transport/subgraph-transport.ts';
import { HostileHttp2 } from './hostile/hostile-http2.ts';

const DEADLINE_MS = 2_000;
/** Generous: it decides nothing but how soon a fault is told. */
const GRACE_MS = 60_000;
/** Of one run; an idle connection is closed after half a minute. */
const MAX_CONNECTIONS = 100;

/** A longer run: `FUZZ_MS=1800000`; the same again: `FUZZ_SEED=7`; one input of it: `FUZZ_INPUT=123`. */
describe('a subgraph over HTTP/2 that does whatever it likes', () => {
  const budget = openBudget(10_000);
  const subgraph = new HostileHttp2();
  let transport: SubgraphTransport;

  beforeAll(async () => {
    const url = new URL(await subgraph.listen());
    const limits = { timeoutMs: DEADLINE_MS, maxBytes: 100_000, maxConnections: 100 };
    transport = openTransport({ subgraph: 'events', url, ...limits }, 'prior-knowledge');
  });
  afterAll(async () => {
    await subgraph.close();
    await transport.close();
  });

  function post(body: string, isIdempotent: boolean, ms = DEADLINE_MS): Promise<string> {
    const sent = transport.post({
      body,
      headers: new RequestHeaders({}),
      deadline: deadlineIn(ms),
      isIdempotent,
      read: ({ status, body: bytes }) => `${status} ${bytes.toString()}`,
    });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('neither answered nor failed')), ms + GRACE_MS);
      void sent.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  async function tryInput(input: number): Promise<void> {
    const isIdempotent = new Random(seedOf(budget.seed, input) ^ 1).chance(0.5);
    subgraph.attack(input, budget.seed);
    const outcome = await post(String(input), isIdempotent).catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(SubgraphFailure);
    expect(typeof outcome === 'string' || outcome instanceof SubgraphFailure).toBe(true);
    if (!isIdempotent) expect(subgraph.executed.get(input) ?? 0).toBeLessThanOrEqual(1);
    subgraph.relent(input);
    // Nothing of it is left for whoever comes next.
    expect(await post(String(input), true, GRACE_MS)).toBe(`200 answer to ${input}`);
    subgraph.executed.delete(input);
  }

  test(
    'each request is answered or fails, a mutation is executed once at most, and the next one is answered',
    async () => {
      let input = budget.only ?? 0;
      do {
        if (budget.only === undefined) input += 1;
        await tryInput(input).catch((error: Error) => {
          const again = `FUZZ_SEED=${budget.seed} FUZZ_INPUT=${input}`;
          throw new Error(`${again}: ${error.message}\n${subgraph.done.join('\n')}`, { cause: error });
        });
        expect(subgraph.connections).toBeLessThan(MAX_CONNECTIONS);
      } while (budget.only === undefined && budget.hasTime());
      process.stdout.write(`hostile HTTP/2: ${input} inputs, FUZZ_SEED=${budget.seed}\n`);
    },
    budget.ms + 300_000,
  );
});
