import { describe, expect, test } from '@jest/globals';
import type { Identity } from '../identity/identity.ts';
import { SharedQueries } from './shared-queries.ts';

const ada: Identity = { kind: 'user', userId: 'ada', roles: ['GUEST'], scopes: [] };
const key = (more: { name?: string; source?: string; variables?: object; identity?: Identity } = {}) =>
  SharedQueries.keyOf(more.name, more.source ?? '{ a }', { ...more.variables }, more.identity ?? ada);

/** Queries that are answered when the test says so. */
function open() {
  const shared = new SharedQueries<number>();
  const answers: ((value: number) => void)[] = [];
  let sharings = 0;
  const ask = (of: string) =>
    shared.run(
      of,
      () => new Promise<number>((answer) => answers.push(answer)),
      () => (sharings += 1),
    );
  return { shared, ask, answers, sharings: () => sharings };
}

describe('queries that are under way', () => {
  test('the same of the same identity is asked once, and asked anew when it has been answered', async () => {
    const { ask, answers, sharings } = open();
    const asked = [ask(key()), ask(key()), ask(key())];
    answers[0]?.(7);
    expect(await Promise.all(asked)).toEqual([7, 7, 7]);
    expect([answers.length, sharings()]).toEqual([1, 2]);
    void ask(key());
    expect(answers).toHaveLength(2);
  });

  test.each([
    ['another identity', { identity: { ...ada, userId: 'grace' } }],
    ['other roles', { identity: { ...ada, roles: ['ADMIN'] } }],
    ['other scopes', { identity: { ...ada, scopes: ['all'] } }],
    ['nobody', { identity: { kind: 'anonymous' as const } }],
    ['another text', { source: '{ b }' }],
    ['another operation of the text', { name: 'B' }],
    ['other variables', { variables: { a: 1 } }],
  ])('%s does not share', (_what, more) => {
    const { ask, answers } = open();
    void ask(key());
    void ask(key(more));
    expect(answers).toHaveLength(2);
  });

  test('who asks after a mutation is not given what may have been read before it', async () => {
    const { shared, ask, answers } = open();
    const before = ask(key());
    shared.invalidate();
    const after = ask(key());
    answers[0]?.(1);
    answers[1]?.(2);
    expect([await before, await after]).toEqual([1, 2]);
  });

  test('a failure is everybody`s who waited for it, and nobody`s after it', async () => {
    const shared = new SharedQueries<number>();
    const fail = () => Promise.reject(new Error('no'));
    const both = [shared.run(key(), fail, () => {}), shared.run(key(), fail, () => {})];
    for (const one of both) await expect(one).rejects.toThrow('no');
    await expect(
      shared.run(
        key(),
        async () => 1,
        () => {},
      ),
    ).resolves.toBe(1);
  });
});
