import { describe, expect, test } from '@jest/globals';
import { Playhead } from './playhead.ts';

/** The kitchen's clock is a year ahead of ours: only differences may matter. */
const EPOCH = 1_800_000_000_000;

function setUp() {
  const clock = { now: 0 };
  const playhead = new Playhead(() => clock.now);
  const hear = (at: number, delay = 0) => {
    clock.now = at + delay;
    playhead.heard('oven-1', EPOCH + at);
  };
  return { clock, playhead, hear };
}

describe('the moment that is shown', () => {
  test('live, it lies a little more than one interval behind the stream', () => {
    const { playhead, hear, clock } = setUp();
    for (let at = 0; at <= 20_000; at += 250) hear(at);
    const behind = EPOCH + clock.now - playhead.time();
    expect(behind).toBeGreaterThan(250);
    expect(behind).toBeLessThan(600);
  });

  test('a reading that was late on its way does not move it back', () => {
    const { playhead, hear } = setUp();
    for (let at = 0; at <= 10_000; at += 250) hear(at);
    const before = playhead.time();
    hear(10_250, 900);
    expect(playhead.time()).toBeGreaterThan(before);
  });

  test('on tape it runs at its rate, and stands still at 0', () => {
    const { playhead, hear, clock } = setUp();
    hear(600_000);
    playhead.seek(EPOCH + 60_000, 10);
    clock.now += 2_000;
    expect(playhead.time()).toBe(EPOCH + 80_000);
    playhead.setRate(0);
    playhead.settle();
    clock.now += 5_000;
    expect(playhead.time()).toBe(EPOCH + 80_000);
    expect(playhead.isLive).toBe(false);
  });

  test('a tape that has caught up with the present does not run beyond it', () => {
    const { playhead, hear, clock } = setUp();
    hear(10_000);
    playhead.seek(EPOCH + 9_000, 10);
    clock.now += 5_000;
    expect(playhead.time()).toBe(playhead.present());
    playhead.settle();
    expect(playhead.isLive).toBe(true);
  });
});
