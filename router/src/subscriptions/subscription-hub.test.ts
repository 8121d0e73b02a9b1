import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ExecutableSubscription } from '../compile/compile-operation.ts';
import type { SubgraphResponse } from '../compile/subgraph-call.ts';
import { refusal } from '../pipeline/refusal.ts';
import type { Prepare, PreparedSubscription } from './open-subscription.ts';
import { SubscriptionHub } from './subscription-hub.ts';
import type { Upstream, UpstreamListener, UpstreamRequest } from './upstream.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const until = async (condition: () => boolean): Promise<void> => {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`never true: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
/** A plan that asks the subgraph for `query`. An event's number is its cursor. */
const planOf = (query: string): ExecutableSubscription =>
  ({
    operation: { name: { value: 'S' } },
    rootField: 'told',
    source: {
      subgraph: 'events',
      request: (_variables: object, after?: unknown) => ({ query, variables: after === undefined ? {} : { after } }),
      beginsAtCursor: () => false,
      takeCursor: ({ data }: SubgraphResponse) => data?.n,
    },
    executeEvent: async ({ data }: SubgraphResponse) => ({ data: { n: data?.n, by: query } }),
  }) as unknown as ExecutableSubscription;

describe('subscriptions that are planned anew', () => {
  /** What the subgraph is asked for; it takes as long as the test wants. */
  let asked: { request: UpstreamRequest['request']; tell: UpstreamListener; accept: () => void; left: number }[];
  let hub: SubscriptionHub;
  let told: string[];
  const failures: unknown[] = [];

  beforeEach(() => {
    [asked, told, failures.length] = [[], [], 0];
    const upstream = {
      subscribe: ({ request }: UpstreamRequest, tell: UpstreamListener) =>
        new Promise<() => void>((resolve) => {
          const one = { request, tell, left: 0, accept: () => resolve(() => (one.left += 1)) };
          asked.push(one);
        }),
    } as unknown as Upstream;
    hub = new SubscriptionHub({
      upstreamOf: () => upstream,
      subgraphs: { callWith: () => undefined } as never,
      headersOf: async () => ({}),
      format: (error) => error,
      backPressureOf: () => ({ policy: 'queue', most: 10 }),
      observer: { upstreams: () => {}, dropped: () => {}, told: () => {}, failed: (error) => failures.push(error) },
    });
  });

  const open = (source = 'text', plan = planOf('one')) => {
    const prepared: PreparedSubscription = { subscription: plan, source, variables: {} };
    return hub.subscribe(prepared, { identity: { kind: 'anonymous' } } as never, {
      next: (text) => told.push(text),
      failed: (errors) => told.push(`failed: ${errors[0]?.message}`),
      completed: () => told.push('completed'),
    });
  };
  const happen = (index: number, n: number) => asked[index]?.tell.event({ data: { n } });
  const answer = (n: number, by: string) => JSON.stringify({ data: { n, by } });
  const prepareAs =
    (query: string): Prepare =>
    async () =>
      planOf(query);

  test('one that asks for the same goes on, by the new plan', async () => {
    open();
    asked[0]?.accept();
    await turn();
    const same = { ...planOf('one'), executeEvent: planOf('two').executeEvent };
    await hub.replan(async () => same);
    happen(0, 1);
    await turn();
    expect([asked.length, told]).toEqual([1, [answer(1, 'two')]]);
  });

  test('one that asks for something else begins after the last event that counted; the old one counts no more', async () => {
    open();
    asked[0]?.accept();
    await turn();
    happen(0, 1);
    happen(0, 2);
    const replanned = hub.replan(prepareAs('two'));
    await until(() => asked.length === 2);
    // Not left yet, because the new one is not in place.
    happen(0, 3);
    expect([asked[0]?.left, asked[1]?.request()]).toEqual([0, { query: 'two', variables: { after: 2 } }]);
    asked[1]?.accept();
    await replanned;
    expect(asked.map(({ left }) => left)).toEqual([1, 0]);
    happen(1, 3);
    await turn();
    // What was asked for by the old plan is completed by it.
    expect(told).toEqual([answer(1, 'one'), answer(2, 'one'), answer(3, 'two')]);
  });

  test('of several that follow each other at once only the last one stays', async () => {
    const leave = open();
    asked[0]?.accept();
    await turn();
    let late = () => {};
    const slow = hub.replan(
      () =>
        new Promise((resolve) => {
          late = () => resolve(planOf('slow'));
        }),
    );
    const replanned = [hub.replan(prepareAs('passed over')), hub.replan(prepareAs('two'))];
    await until(() => asked.length === 2);
    replanned.push(hub.replan(prepareAs('three')));
    await until(() => asked.length === 3);
    late();
    // The last one is in place before the one that it replaces.
    for (const { accept } of asked.toReversed()) {
      accept();
      await turn();
    }
    await Promise.all([slow, ...replanned]);
    expect(asked.map(({ request, left }) => [request().query, left])).toEqual([
      ['one', 1],
      ['two', 1],
      ['three', 0],
    ]);
    leave();
    expect(asked.at(-1)?.left).toBe(1);
  });

  test('a planner that has no time is asked again, and the old plan serves meanwhile', async () => {
    open();
    asked[0]?.accept();
    let times = 0;
    const replanned = hub.replan(async () => {
      times += 1;
      if (times < 3) throw refusal(503, 'ROUTER_BUSY', 'later');
      return { ...planOf('one'), executeEvent: planOf('two').executeEvent };
    });
    await until(() => times === 2);
    happen(0, 1);
    await replanned;
    happen(0, 2);
    await turn();
    expect(told).toEqual([answer(1, 'one'), answer(2, 'two')]);
  });

  test('one that is refused ends with the reason; a planner that fails leaves the old plan', async () => {
    open('good');
    open('bad');
    for (const { accept } of asked) accept();
    await turn();
    await hub.replan(async (source) => {
      throw source === 'bad' ? refusal(400, 'GRAPHQL_VALIDATION_FAILED', 'no such field') : new Error('out of order');
    });
    happen(0, 1);
    await turn();
    expect(told).toEqual(['failed: no such field', answer(1, 'one')]);
    expect(failures).toEqual([new Error('out of order')]);
  });

  test('many are not planned at once', async () => {
    for (let n = 0; n < 100; n += 1) open(`text ${n}`);
    let [under, most, planned] = [0, 0, 0];
    await hub.replan(async () => {
      under += 1;
      most = Math.max(most, under);
      await turn();
      under -= 1;
      planned += 1;
      return planOf('one');
    });
    expect([planned, most]).toEqual([100, 20]);
  });

  test('one that was prepared before the supergraph was replaced, and opened after, is planned anew too', async () => {
    await hub.replan(prepareAs('two'));
    open();
    await until(() => asked.length === 2);
    expect(asked[1]?.request().query).toBe('two');
  });
});
