import { expect, test } from '@jest/globals';
import { CommitHooks } from './commit-hooks.ts';

test('hooks belong to their transaction, are taken once, and the same one counts once', () => {
  const hooks = new CommitHooks<{ name: string }>();
  const [one, other] = [{ name: 'one' }, { name: 'other' }];
  const wake = () => {};
  const tell = () => {};
  hooks.add(one, wake);
  hooks.add(one, wake);
  hooks.add(one, tell);
  expect(hooks.take(other)).toEqual([]);
  expect(hooks.take(one)).toEqual([wake, tell]);
  expect(hooks.take(one)).toEqual([]);
});
