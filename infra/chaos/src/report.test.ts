import { expect, test } from '@jest/globals';
import type { Attempt, ToldOrder } from './load/told.ts';
import { rowOf, secondsWithoutService, table, total } from './report.ts';

const attempt = (to: number, outcome: Attempt['outcome']): Attempt => ({ from: to - 10, to, outcome });
const order = (...attempts: Attempt[]): ToldOrder => ({
  key: 'k',
  phase: 'p',
  attempts,
  outcome: attempts.at(-1)?.outcome ?? 'indeterminate',
});

test('the time without service is from one served attempt to the next, if one failed between', () => {
  expect(secondsWithoutService([order(attempt(1_000, 'acknowledged')), order(attempt(9_000, 'acknowledged'))])).toBe(0);
  const told = [
    order(attempt(1_000, 'acknowledged')),
    order(attempt(2_000, 'indeterminate'), attempt(4_500, 'acknowledged')),
    order(attempt(5_000, 'refused')),
    order(attempt(5_500, 'acknowledged')),
  ];
  expect(secondsWithoutService(told)).toBe(3.5);
});

test('a row counts what clients were told and what was found', () => {
  const told = [order(attempt(1, 'acknowledged')), order(attempt(2, 'refused')), order(attempt(3, 'indeterminate'))];
  const violations = [
    { kind: 'lost', rule: 'r', detail: 'd' },
    { kind: 'doubled', rule: 'r', detail: 'd' },
  ] as const;
  const row = rowOf('kill', told, violations, 2);
  expect(row).toMatchObject({ acknowledged: 1, refused: 1, indeterminate: 1, lost: 1, doubled: 1, wrong: 0 });
  expect(total([row, row])).toMatchObject({ acknowledged: 2, lost: 2, secondsToDrain: 2 });
  expect(table([row]).split('\n')).toHaveLength(2);
});
