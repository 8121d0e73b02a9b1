import type { OrderStatus } from '@brigade/graphql';
import { expect, test } from '@jest/globals';
import { stepsOf } from './order-steps.ts';

const states = (status: OrderStatus, ...timeline: OrderStatus[]) =>
  stepsOf(
    status,
    timeline.map((one, index) => ({ status: one, at: `2030-01-01T12:00:0${index}Z` })),
  ).map(({ state }) => state);

test.each<[OrderStatus, OrderStatus[], string[]]>([
  ['PLACED', ['PLACED'], ['present', 'ahead', 'ahead', 'ahead', 'ahead']],
  ['COOKING', ['PLACED', 'CONFIRMED', 'PAID', 'COOKING'], ['done', 'done', 'done', 'present', 'ahead']],
  ['READY', ['PLACED', 'READY'], ['done', 'done', 'done', 'done', 'done']],
  ['COMPLETED', ['PLACED', 'READY', 'COMPLETED'], ['done', 'done', 'done', 'done', 'done']],
  ['REJECTED', ['PLACED', 'CONFIRMED', 'REJECTED'], ['done', 'stopped', 'ahead', 'ahead', 'ahead']],
  ['CANCELLED', ['PLACED', 'PAID', 'CANCELLED'], ['done', 'done', 'stopped', 'ahead', 'ahead']],
])('an order that is %s after %j', (status, timeline, expected) => {
  expect(states(status, ...timeline)).toEqual(expected);
});

test('a step has the time at which it was first reached', () => {
  const timeline = ['a', 'b'].map((at) => ({ status: 'PAID' as const, at }));
  expect(stepsOf('PAID', timeline)[2]?.at).toBe('a');
});
