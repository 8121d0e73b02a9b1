import { expect, test } from '@jest/globals';
import { QualityGovernor, firstLevel, levels } from './quality.ts';

const run = (governor: QualityGovernor, milliseconds: number, frames: number) => {
  for (let frame = 0; frame < frames; frame += 1) governor.frame(milliseconds);
};

test('a slow machine gets less to draw, down to the least', () => {
  const governor = new QualityGovernor();
  run(governor, 120, 13);
  expect(governor.level).toBe(levels.length - 2);
  run(governor, 120, 300);
  expect(governor.level).toBe(0);
});

test('what takes seconds for a frame is not waited for', () => {
  const governor = new QualityGovernor();
  run(governor, 1_000, 3);
  expect(governor.level).toBe(levels.length - 2);
});

test('one slow frame changes nothing', () => {
  const governor = new QualityGovernor();
  governor.frame(2_000);
  run(governor, 16, 300);
  expect(governor.level).toBe(levels.length - 1);
});

test('a machine that has become fast gets more again, one level at a time and not at once', () => {
  const governor = new QualityGovernor(0);
  run(governor, 66, 23 * 9);
  expect(governor.level).toBe(0);
  run(governor, 66, 23);
  expect(governor.level).toBe(1);
});

test('without a GPU it begins with the least', () => {
  expect(firstLevel('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)')).toBe(0);
  expect(firstLevel('ANGLE (Apple, ANGLE Metal Renderer: Apple M3)')).toBe(levels.length - 1);
});
