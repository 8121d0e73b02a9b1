import { afterEach, describe, expect, test } from '@jest/globals';
import { supergraphs } from '../../tests/worlds/supergraphs.ts';
import { World } from '../../tests/worlds/world.ts';
import { PlannerBusy, PlannerFailed } from './plan-errors.ts';
import { PlanningThread, type PlanningThreadOptions } from './planning-thread.ts';

const world = new World(supergraphs['keys, requires, provides, shareable, override'] ?? {});
const { sdl } = world.supergraph;

/** Each level multiplies the ways in which the level below can be fetched. */
const bomb = (depth: number): string =>
  depth === 0 ? 'id' : `related { ${bomb(depth - 1)} reviews { product { ${bomb(depth - 1)} } } }`;

describe('planning on a thread of its own', () => {
  let thread: PlanningThread | undefined;
  afterEach(() => thread?.close());
  const open = (options: Partial<PlanningThreadOptions> = {}) => {
    thread = new PlanningThread({ sdl, timeoutMs: 30_000, mostWaiting: 10, ...options });
    return thread.plan;
  };

  test('gives the plan that the planner gives here', async () => {
    const plan = open();
    const source = 'query A { topProduct { id estimate } }';
    expect(await plan(source, 'A')).toEqual(JSON.parse(JSON.stringify(world.planner.plan(source, 'A'))));
  });

  test('a fault of the planner is none of the operation, and the next one is planned', async () => {
    const plan = open();
    const [refused, planned] = await Promise.allSettled([
      plan('query A { topProduct { nothing } }', 'A'),
      plan('query A { topProduct { id } }', 'A'),
    ]);
    expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(PlannerFailed) });
    expect(planned.status).toBe('fulfilled');
  });

  test('an operation that takes too long is refused, and others are planned afterwards', async () => {
    const plan = open({ timeoutMs: 300 });
    await expect(plan(`query Bomb { products { ${bomb(12)} } }`, 'Bomb')).rejects.toThrow('within 300 ms');
    expect(await plan('{ topProduct { id } }', undefined)).toMatchObject({ kind: 'QueryPlan' });
  });

  test('lists in lists in an argument take no longer than their length says', async () => {
    const { supergraph } = new World({
      values: 'scalar Anything type Query { anything(value: Anything, other: Anything): Anything }',
    });
    const plan = open({ sdl: supergraph.sdl });
    const [list, object] = [`${'['.repeat(60)}$a${']'.repeat(60)}`, `${'{ in: ['.repeat(60)}$b${'] }'.repeat(60)}`];
    const source = `query Q($a: Anything, $b: Anything) { anything(value: ${list}, other: ${object}) }`;
    expect(await plan(source, 'Q')).toMatchObject({ node: { variableUsages: ['a', 'b'] } });
  });

  test('when too many wait, the next is sent away at once', async () => {
    const plan = open({ mostWaiting: 1 });
    const asked = Array.from({ length: 4 }, () => plan('{ topProduct { id } }', undefined));
    const outcomes = await Promise.allSettled(asked);
    const rejected = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
    expect(rejected).toHaveLength(3);
    expect(rejected.every((reason) => reason instanceof PlannerBusy)).toBe(true);
  });

  test('who waits when it is closed is told', async () => {
    const plan = open();
    const waiting = plan('{ topProduct { id } }', undefined);
    const told = expect(waiting).rejects.toBeInstanceOf(PlannerBusy);
    await thread?.close();
    await told;
    await expect(plan('{ topProduct { id } }', undefined)).rejects.toBeInstanceOf(PlannerBusy);
  });

  test('where there is no supergraph nothing is planned, however often it is asked for', async () => {
    const plan = open({ sdl: 'type Query { a: Int }' });
    await expect(plan('{ a }', undefined)).rejects.toBeInstanceOf(PlannerFailed);
    await expect(plan('{ a }', undefined)).rejects.toBeInstanceOf(PlannerFailed);
  });
});
