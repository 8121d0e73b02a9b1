import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { EmulatedKitchen } from './emulated-kitchen.ts';
import { parsePlannedFaults } from './planned-faults.ts';
import { profiles } from './profiles.ts';

describe('planned faults', () => {
  test('are read from the configuration', () => {
    expect(parsePlannedFaults('oven-2:HEATER_DEAD@120, fryer-1:POWER_LOSS@60-240')).toEqual([
      { deviceId: 'oven-2', fault: 'HEATER_DEAD', from: 120 },
      { deviceId: 'fryer-1', fault: 'POWER_LOSS', from: 60, to: 240 },
    ]);
    expect(() => parsePlannedFaults('oven-2:ON_FIRE@120')).toThrow(TypeError);
    expect(
      () =>
        new EmulatedKitchen({ profile: profiles.default, seed: 1, faults: parsePlannedFaults('oven-9:OVERHEAT@1') }),
    ).toThrow(RangeError);
  });

  test('come and go at their time', () => {
    const kitchen = new EmulatedKitchen({
      profile: profiles.default,
      seed: 1,
      faults: parsePlannedFaults('fryer-1:POWER_LOSS@60-240'),
    });
    kitchen.takeReports();
    for (let n = 0; n < 300; n += 1) kitchen.step();
    expect(
      kitchen.takeReports().map(({ deviceId, kitchenTime, report }) => [deviceId, kitchenTime, report.type]),
    ).toEqual([
      ['fryer-1', 60, 'FAULT_RAISED'],
      ['fryer-1', 240, 'FAULT_CLEARED'],
      ['fryer-1', 240, 'ONLINE'],
    ]);
  });
});

test('a command for a device that is not there is refused', () => {
  const kitchen = new EmulatedKitchen({ profile: profiles.default, seed: 1 });
  kitchen.takeReports();
  kitchen.handle({
    type: 'REPORT',
    commandId: randomUUID(),
    deviceId: 'grill-7',
    issuedAt: '2026-01-01T12:00:00.000Z',
  });
  expect(kitchen.takeReports()[0]).toMatchObject({ deviceId: 'grill-7', report: { reason: 'WRONG_DEVICE' } });
});

test('an idle default kitchen costs next to nothing: an hour of it passes in well under a second', () => {
  const kitchen = new EmulatedKitchen({ profile: profiles.default, seed: 1 });
  const started = performance.now();
  for (let n = 0; n < 3_600; n += 1) kitchen.step();
  expect(performance.now() - started).toBeLessThan(1_000);
});
