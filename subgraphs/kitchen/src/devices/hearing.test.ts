import { describe, expect, test } from '@jest/globals';
import { Hearing } from './hearing.ts';

const LIMIT = 10_000;

describe('a device is silent', () => {
  test('when it could have been heard for too long, and was not', () => {
    const hearing = new Hearing();
    hearing.beginListening(0);
    hearing.hear('oven-1', 5_000);
    expect(hearing.isSilent('oven-1', LIMIT, 14_000)).toBe(false);
    expect(hearing.isSilent('oven-1', LIMIT, 16_000)).toBe(true);
    expect(hearing.isSilent('oven-2', LIMIT, 11_000)).toBe(true);
  });

  test('not while nobody can be heard', () => {
    const hearing = new Hearing();
    expect(hearing.isSilent('oven-1', LIMIT, 60_000)).toBe(false);
    hearing.beginListening(60_000);
    hearing.stopListening();
    expect(hearing.isSilent('oven-1', LIMIT, 600_000)).toBe(false);
  });

  test('not because this kitchen itself was stopped', () => {
    const hearing = new Hearing();
    hearing.beginListening(0);
    hearing.hear('oven-1', 1_000);
    for (const look of [1_000, 2_000]) hearing.wakeUp(look);
    hearing.wakeUp(30_000);
    expect(hearing.isSilent('oven-1', LIMIT, 30_000)).toBe(false);
    for (const look of [31_000, 33_000, 35_500, 38_000, 40_500]) hearing.wakeUp(look);
    expect(hearing.isSilent('oven-1', LIMIT, 40_500)).toBe(true);
  });
});
