import { expect, test } from '@jest/globals';
import { QualityGovernor, levels } from './quality.ts';

const run = (governor: QualityGovernor, milliseconds: number, frames: number) => {
  for (let frame = 0; frame < frames; frame += 1) governor.frame(milliseconds);
};

test('a slow machine gets less to draw, down to the least', () => {
  const governor = new QualityGovernor();
  run(governor, 120, 30);
  expect(governor.level).toBe(levels.length - 2);
  run(governor, 120, 300);
  expect(governor.level).toBe(0);
});

test('one slow frame changes nothing', () => {
  const governor = new QualityGovernor();
  governor.frame(2_000);
  run(governor, 16, 300);
  expect(governor.level).toBe(levels.length - 1);
});

test('a machine that has become fast gets more again, one level at a time and not at once', () => {
  const governor = new QualityGovernor(0);
  run(governor, 66, 30 * 5);
  expect(governor.level).toBe(0);
  run(governor, 66, 30 * 5);
  expect(governor.level).toBe(1);
});
