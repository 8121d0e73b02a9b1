import { describe, expect, test } from '@jest/globals';
import { deadlineIn } from './deadline.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import { SubgraphGuard, type BreakerState } from './subgraph-guard.ts';

const fail = async (): Promise<never> => {
  throw new SubgraphFailure('menu', 'unreachable', 'nobody there');
};

describe("keeping one subgraph's trouble its own", () => {
  function guard(more: object = {}) {
    const states: BreakerState[] = [];
    let opened = () => {};
    const halfOpened = new Promise<void>((told) => (opened = told));
    const made = new SubgraphGuard({
      subgraph: 'menu',
      breaker: { failures: 3, halfOpenAfterMs: 20 },
      mostConcurrent: 2,
      mostWaiting: 1,
      onState: (state) => states.push(state),
      ...more,
    });
    return { made, states, opened, halfOpened };
  }

  test('after several failures in a row it is not asked any more, until one request finds it back', async () => {
    const { made, states } = guard();
    let asked = 0;
    const ask = () => made.run(deadlineIn(60_000), () => ((asked += 1), fail()));
    for (let time = 0; time < 3; time += 1) await expect(ask()).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(ask()).rejects.toMatchObject({ reason: 'refused' });
    expect([asked, states]).toEqual([3, ['open']]);
    // It answers again some time: whoever asks then is the probe.
    for (let back = ''; back === '';) back = await made.run(deadlineIn(60_000), async () => 'back').catch(() => '');
    expect(states.at(-1)).toBe('closed');
    expect(states).toContain('half-open');
  });

  test('a success between failures begins the count anew', async () => {
    const { made, states } = guard();
    for (let time = 0; time < 10; time += 1) {
      await expect(made.run(deadlineIn(60_000), fail)).rejects.toMatchObject({ reason: 'unreachable' });
      await made.run(deadlineIn(60_000), async () => 'fine');
    }
    expect(states).toEqual([]);
  });

  test('failures of requests that went out together count, and do not open it twice', async () => {
    const { made, states } = guard({ mostConcurrent: 10, breaker: { failures: 3, halfOpenAfterMs: 60_000 } });
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => made.run(deadlineIn(60_000), fail)));
    expect(asked.map((one) => one.status === 'rejected' && (one.reason as SubgraphFailure).reason)).toEqual(
      Array.from({ length: 8 }, () => 'unreachable'),
    );
    expect(states).toEqual(['open']);
  });

  test('what is not the fault of the subgraph does not count', async () => {
    const { made, states } = guard();
    const bug = async () => {
      throw new TypeError('a bug');
    };
    for (let time = 0; time < 5; time += 1) await expect(made.run(deadlineIn(60_000), bug)).rejects.toThrow('a bug');
    expect(states).toEqual([]);
  });

  test('more requests than may be under way wait, more than may wait are refused', async () => {
    const { made } = guard();
    const release: (() => void)[] = [];
    const hold = () => made.run(deadlineIn(60_000), () => new Promise<void>((done) => release.push(done)));
    const [one, two, three] = [hold(), hold(), hold()];
    await expect(hold()).rejects.toMatchObject({ reason: 'refused' });
    expect(release).toHaveLength(2);
    for (const done of release.splice(0)) done();
    await Promise.all([one, two]);
    for (const done of release.splice(0)) done();
    await three;
    // Those that failed have left, too.
    for (let time = 0; time < 2; time += 1) await expect(made.run(deadlineIn(60_000), fail)).rejects.toThrow();
    const after = [hold(), hold()];
    expect(release).toHaveLength(2);
    for (const done of release.splice(0)) done();
    await Promise.all(after);
  });

  test('who waits for room gives up at their deadline, and nobody else does; that is no failure of the subgraph', async () => {
    const { made, states } = guard({
      mostConcurrent: 1,
      mostWaiting: 10,
      breaker: { failures: 1, halfOpenAfterMs: 60_000 },
    });
    let release = () => {};
    const inside = made.run(deadlineIn(60_000), () => new Promise<void>((done) => (release = done)));
    const moved = deadlineIn(10);
    const [late, patient, joined] = [
      made.run(deadlineIn(10), async () => 'late'),
      made.run(deadlineIn(60_000), async () => 'patient'),
      made.run(moved, async () => 'joined'),
    ];
    moved.at += 60_000;
    await expect(late).rejects.toMatchObject({ name: 'SubgraphFailure', reason: 'timeout' });
    release();
    await inside;
    expect([await patient, await joined, states]).toEqual(['patient', 'joined', []]);
  });
});
