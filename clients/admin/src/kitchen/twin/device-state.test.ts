import { describe, expect, test } from '@jest/globals';
import { deviceState } from './device-state.ts';
import type { Reading } from './reading.ts';
import { blankReading } from './track.ts';

const job = { jobId: 'job', ticketId: null, doneness: 0.1, remainingSeconds: 60 };
const oven = (change: Partial<Reading>): Reading => ({
  ...blankReading(),
  at: 1_000,
  temperature: 220,
  setPoint: 220,
  ...change,
});

describe('where a device stands', () => {
  test.each<[string, Partial<Reading>, string]>([
    ['nothing in it', {}, 'IDLE'],
    ['food in it and hot', { jobs: [job] }, 'COOKING'],
    ['food in it and still cold', { jobs: [job], temperature: 150 }, 'HEATING'],
    ['something broken', { faults: ['HEATER_DEAD'], jobs: [job] }, 'FAULT'],
    ['only slow', { faults: ['SLOW_FIRMWARE'] }, 'IDLE'],
    ['no power', { faults: ['POWER_LOSS'] }, 'OFFLINE'],
  ])('with %s', (_case, change, state) => {
    expect(deviceState('OVEN', oven(change), 1_500)).toBe(state);
  });

  test('silent for long, or never heard of, it is off', () => {
    expect(deviceState('OVEN', oven({}), 30_000)).toBe('OFFLINE');
    expect(deviceState('OVEN', undefined, 0)).toBe('OFFLINE');
  });

  test('what does not heat is never heating', () => {
    expect(deviceState('PREP', oven({ jobs: [job], temperature: 20 }), 1_500)).toBe('COOKING');
  });
});
