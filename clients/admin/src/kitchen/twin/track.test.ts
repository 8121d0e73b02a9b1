import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Reading } from './reading.ts';
import { Track, blankReading } from './track.ts';

const reading = (at: number, temperature: number, doneness?: number): Reading => ({
  ...blankReading(),
  at,
  temperature,
  jobs: doneness === undefined ? [] : [{ jobId: 'job', ticketId: 'ticket', doneness, remainingSeconds: 10 }],
});

describe('between two readings of a device', () => {
  test('temperature and doneness go evenly from one to the next', () => {
    const track = new Track();
    track.add(reading(1_000, 100, 0.2));
    track.add(reading(2_000, 200, 0.4));
    const sampled = track.sample(1_250, blankReading());
    expect(sampled?.temperature).toBe(125);
    expect(sampled?.jobs[0]?.doneness).toBeCloseTo(0.25);
  });

  test('before the first there is nothing, after the last it stands', () => {
    const track = new Track();
    track.add(reading(1_000, 100));
    expect(track.sample(999, blankReading())).toBeUndefined();
    expect(track.sample(9_000, blankReading())?.temperature).toBe(100);
  });

  test('a long silence is not filled with what nobody measured', () => {
    const track = new Track();
    track.add(reading(0, 100));
    track.add(reading(60_000, 300));
    expect(track.sample(30_000, blankReading())?.temperature).toBe(100);
  });

  test('a job that ended is there until its last reading, and one that began since is not made up', () => {
    const track = new Track();
    track.add(reading(0, 100, 0.9));
    track.add(reading(1_000, 100));
    const into = blankReading();
    expect(track.sample(500, into)?.jobs).toHaveLength(1);
    expect(track.sample(1_000, into)?.jobs).toHaveLength(0);
  });

  test('readings come in any order, and a repeated one counts once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 }), (times) => {
        const track = new Track();
        for (const at of [...times, ...times]) track.add(reading(at, at));
        const sorted = times.toSorted((a, b) => a - b);
        expect([...track.between(0, 10_000, 0)].map(({ at }) => at)).toEqual(sorted);
        for (const at of sorted) expect(track.sample(at, blankReading())?.temperature).toBe(at);
      }),
    );
  });

  test('it keeps no more than it is told to', () => {
    const track = new Track(5);
    for (let at = 0; at < 100; at += 1) track.add(reading(at, at));
    expect([...track.between(0, 100, 0)].map(({ at }) => at)).toEqual([95, 96, 97, 98, 99]);
  });
});
