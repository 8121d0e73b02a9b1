import { describe, expect, test } from '@jest/globals';
import { KeyedQueue } from './keyed-queue.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a keyed queue', () => {
  test('runs tasks of one key one after the other, in order', async () => {
    const queue = new KeyedQueue();
    const events: string[] = [];
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        queue.run('key', async () => {
          events.push(`${name} begins`);
          await turn();
          events.push(`${name} ends`);
        }),
      ),
    );
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('runs tasks of different keys side by side', async () => {
    const queue = new KeyedQueue();
    let release = () => {};
    const blocked = queue.run('one', () => new Promise<void>((resolve) => (release = resolve)));
    expect(await queue.run('two', async () => 'done')).toBe('done');
    release();
    await blocked;
  });

  test('a failure reaches its caller and does not keep the next from running', async () => {
    const queue = new KeyedQueue();
    const failing = queue.run('key', async () => {
      throw new Error('no');
    });
    const next = queue.run('key', async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });

  test('forgets a key that has nothing left to do', async () => {
    const queue = new KeyedQueue();
    await Promise.all(Array.from({ length: 50 }, (_, n) => queue.run(`key ${n}`, turn)));
    await turn();
    expect(queue.size).toBe(0);
  });
});
