import { expect, test } from '@jest/globals';
import { Slots } from './slots.ts';

const jobs = (...ids: string[]) => ids.map((jobId) => ({ jobId }));

test('a job keeps its slot while others come and go, and a new one takes the first that is free', () => {
  const slots = new Slots();
  slots.update(jobs('a', 'b', 'c'));
  slots.update(jobs('a', 'c'));
  expect(slots.slotOf('c')).toBe(2);
  slots.update(jobs('a', 'c', 'd'));
  expect([slots.slotOf('a'), slots.slotOf('d'), slots.slotOf('c')]).toEqual([0, 1, 2]);
  expect(slots.slotOf('b')).toBe(-1);
});
