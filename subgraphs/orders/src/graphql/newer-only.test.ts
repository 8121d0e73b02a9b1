import { expect, test } from '@jest/globals';
import { newerOnly } from './newer-only.ts';

async function* of(...versions: number[]) {
  for (const version of versions) yield { version };
}

test('what was overtaken or comes twice is left out', async () => {
  const seen: number[] = [];
  for await (const { version } of newerOnly(of(1, 3, 2, 3, 4, 4, 6, 5))) seen.push(version);
  expect(seen).toEqual([1, 3, 4, 6]);
});

test('ending it ends the source, while it waits too', async () => {
  let ended = false;
  const silent: AsyncIterator<{ version: number }> = {
    next: () => new Promise(() => {}),
    return: async () => {
      ended = true;
      return { done: true, value: undefined };
    },
  };
  const updates = newerOnly(silent);
  void updates.next();
  expect(await updates.return?.()).toEqual({ done: true, value: undefined });
  expect(ended).toBe(true);
});
