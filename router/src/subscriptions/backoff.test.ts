import { describe, expect, test } from '@jest/globals';
import { Backoff } from './backoff.ts';

function open(random = () => 1) {
  let now = 0;
  const backoff = new Backoff({ firstMs: 100, maxMs: 5_000, lastingMs: 10_000, now: () => now, random });
  /** A connection that is opened and ends after so long. */
  const connect = (openMs: number) => {
    const pause = backoff.nextPause();
    backoff.opened();
    now += openMs;
    return pause;
  };
  return { backoff, connect };
}

describe('pauses before a connection is opened again', () => {
  test('grow while none lasts, also when each is opened', () => {
    const { connect } = open();
    expect(Array.from({ length: 9 }, () => connect(1))).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  });

  test('grow while none is opened at all', () => {
    const { backoff } = open();
    expect([1, 2, 3, 4].map(() => backoff.nextPause())).toEqual([0, 100, 200, 400]);
  });

  test('begin anew after one that has lasted', () => {
    const { connect } = open();
    for (let time = 0; time < 6; time += 1) connect(9_999);
    expect(connect(10_000)).toBe(3_200);
    expect([connect(1), connect(1)]).toEqual([100, 200]);
  });

  test('there is none before the first, and before one that follows one that was not needed', () => {
    const { backoff, connect } = open();
    connect(1);
    connect(1);
    backoff.reset();
    expect(connect(1)).toBe(0);
  });

  test('half of each is left to chance', () => {
    const { connect } = open(() => 0);
    expect([connect(1), connect(1), connect(1)]).toEqual([0, 50, 100]);
  });
});
