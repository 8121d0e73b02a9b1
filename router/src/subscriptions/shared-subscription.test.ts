import { expect, test } from '@jest/globals';
import { SharedSubscription } from './shared-subscription.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('events that nobody completes are kept up to a number; then it ends, after what was under way', async () => {
  let complete = () => {};
  const told: unknown[] = [];
  const shared = new SharedSubscription<number>({
    execute: (n) =>
      new Promise((resolve) => {
        complete = () => resolve({ data: { n } });
      }),
    format: (error) => error,
    coalesce: false,
    mostUncompleted: 3,
    onDropped: () => {},
    onTold: (n) => told.push(`told ${n}`),
    onEmpty: () => told.push('empty'),
  });
  shared.add({
    next: (text) => told.push(text),
    failed: ([error]) => told.push(error?.extensions?.code),
    completed: () => told.push('completed'),
  });
  for (let n = 1; n <= 9; n += 1) shared.event(n);
  expect(told).toEqual([]);
  complete();
  await turn();
  expect(told).toEqual(['{"data":{"n":1}}', 'told 1', 'TOO_MANY_EVENTS', 'empty']);
});
