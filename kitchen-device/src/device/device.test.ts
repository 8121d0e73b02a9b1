import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { DeviceCommand, FaultKind } from '@brigade/schema';
import fc from 'fast-check';
import { freshFood } from '../physics/food.ts';
import { Device } from './device.ts';
import { isStalled } from './jobs.ts';

const at = { issuedAt: '2026-01-01T12:00:00.000Z', deviceId: 'oven-1' };
const start = (over: Partial<Extract<DeviceCommand, { type: 'START_JOB' }>> = {}): DeviceCommand => ({
  ...at,
  type: 'START_JOB',
  commandId: randomUUID(),
  jobId: randomUUID(),
  bootId: randomUUID(),
  ticketId: randomUUID(),
  step: 0,
  targetCelsius: 230,
  durationSeconds: 120,
  portions: 2,
  ...over,
});
const stop = (jobId: string): DeviceCommand => ({ ...at, type: 'STOP_JOB', commandId: randomUUID(), jobId });
const breakIt = (fault: FaultKind, active = true): DeviceCommand => ({
  ...at,
  type: 'SET_FAULT',
  commandId: randomUUID(),
  fault,
  active,
});

const oven = (seed = 1, slots = 4) => {
  const device = new Device({ id: 'oven-1', kind: 'OVEN', slots, seed });
  device.takeReports();
  return device;
};
const run = (device: Device, seconds: number) => {
  for (let n = 0; n < seconds; n += 1) device.step();
  return device.takeReports();
};
const types = (reports: ReturnType<Device['takeReports']>) => reports.map(({ report }) => report.type);
const jobOf = (command: DeviceCommand) => (command as { jobId: string }).jobId;

describe('a device', () => {
  test('announces itself on boot', () => {
    const device = new Device({ id: 'oven-1', kind: 'OVEN', slots: 4, seed: 1 });
    expect(device.takeReports()).toEqual([
      {
        deviceId: 'oven-1',
        boot: 1,
        kitchenTime: 0,
        report: { type: 'ONLINE', kind: 'OVEN', slots: 4, jobIds: [], faults: [] },
      },
    ]);
  });

  test.each([
    ['OVEN', 260],
    ['GRIDDLE', 230],
    ['FRYER', 180],
    ['STOVE', 160],
    ['PREP', null],
  ] as const)(
    '%s: full of large portions, each is done after once to one and a half times its duration',
    (kind, celsius) => {
      const device = new Device({ id: 'oven-1', kind, slots: 4, seed: 3 });
      for (let n = 0; n < 4; n += 1)
        device.handle(start({ targetCelsius: celsius, durationSeconds: 240, portions: 8 }));
      const done = run(device, 600).filter(({ report }) => report.type === 'JOB_DONE');
      expect(done).toHaveLength(4);
      for (const { kitchenTime } of done) {
        expect(kitchenTime).toBeGreaterThanOrEqual(240);
        expect(kitchenTime).toBeLessThanOrEqual(360);
      }
    },
  );

  test('answers a repeated command again and cooks the job once', () => {
    const device = oven();
    const command = start();
    device.handle(command);
    device.handle(command);
    device.handle({ ...command, commandId: randomUUID() });
    expect(types(device.takeReports())).toEqual(['COMMAND_ACCEPTED', 'COMMAND_ACCEPTED', 'COMMAND_ACCEPTED']);
    expect(types(run(device, 400))).toEqual(['JOB_DONE']);
    device.handle({ ...command, commandId: randomUUID() });
    expect(types(run(device, 400))).toEqual(['COMMAND_ACCEPTED']);
  });

  test('refuses what it has no slot for', () => {
    const device = oven(1, 1);
    device.handle(start());
    device.handle(start());
    const reasons = device.takeReports().map(({ report }) => ('reason' in report ? report.reason : report.type));
    expect(reasons).toEqual(['COMMAND_ACCEPTED', 'NO_FREE_SLOT']);
  });

  // Found by the saga model: sent twice, cooked before the restart, and cooked again after it.
  test('does not begin what an earlier boot was told to begin', () => {
    const device = oven(1, 1);
    const meantForBefore = start();
    device.handle(meantForBefore, false);
    expect(device.takeReports()[0]?.report).toMatchObject({ type: 'COMMAND_REFUSED', reason: 'RESTARTED' });
    expect(types(run(device, 400))).toEqual([]);
  });

  test('a command that was refused once is refused for good: what repeats it must not act later', () => {
    const device = oven(1, 1);
    const refused = start();
    device.handle(start());
    device.handle(refused);
    run(device, 400);
    device.handle(refused);
    expect(device.takeReports()[0]?.report).toMatchObject({ type: 'COMMAND_REFUSED', reason: 'NO_FREE_SLOT' });
  });

  test('takes food out on command', () => {
    const device = oven();
    const command = start();
    device.handle(command);
    run(device, 60);
    device.handle(stop(jobOf(command)));
    expect(types(device.takeReports())).toEqual(['JOB_STOPPED', 'COMMAND_ACCEPTED']);
    expect(run(device, 400)).toEqual([]);
  });

  test('a job that was stopped before it came does not begin any more', () => {
    const device = oven();
    const command = start();
    device.handle(stop(jobOf(command)));
    device.handle(command);
    expect(types(device.takeReports())).toEqual(['COMMAND_REFUSED', 'COMMAND_REFUSED']);
    expect(device.telemetry().jobs).toEqual([]);
  });
});

describe('faults', () => {
  test.each(['HEATER_DEAD', 'SENSOR_STUCK', 'OVERHEAT', 'POWER_LOSS'] as const)(
    '%s: is noticed, every job is reported lost once, and new ones are refused until it is mended',
    (fault) => {
      const device = oven();
      device.handle(start({ durationSeconds: 900 }));
      device.handle(start({ durationSeconds: 900 }));
      run(device, 30);
      device.handle(breakIt(fault));
      const reports = run(device, 600);
      expect(types(reports).filter((type) => type === 'FAULT_RAISED')).toHaveLength(1);
      expect(reports.find(({ report }) => report.type === 'FAULT_RAISED')?.report).toEqual({
        type: 'FAULT_RAISED',
        fault,
      });
      expect(types(reports).filter((type) => type === 'JOB_FAILED')).toHaveLength(2);
      device.handle(start());
      expect(device.takeReports()[0]?.report).toMatchObject({ type: 'COMMAND_REFUSED', reason: 'FAULTY' });
      device.handle(breakIt(fault, false));
      expect(types(device.takeReports())).toEqual(['FAULT_CLEARED', 'ONLINE', 'COMMAND_ACCEPTED']);
      device.handle(start());
      expect(types(run(device, 400))).toEqual(['COMMAND_ACCEPTED', 'JOB_DONE']);
    },
  );

  test('OVERHEAT heats on until the safety thermostat cuts it off', () => {
    const device = oven();
    run(device, 10);
    device.handle(breakIt('OVERHEAT'));
    run(device, 30);
    const before = device.hearth.appliance?.temperature ?? 0;
    expect(before).toBeGreaterThan(232);
    run(device, 600);
    expect(device.telemetry()).toMatchObject({ power: 0, faults: ['OVERHEAT'] });
  });

  test('a power loss is a new boot, without memory, once the power is back', () => {
    const device = oven();
    device.handle(breakIt('POWER_LOSS'));
    run(device, 1_000);
    expect(device.hasPower).toBe(false);
    device.handle(breakIt('POWER_LOSS', false));
    const online = device.takeReports().find(({ report }) => report.type === 'ONLINE');
    expect(online).toMatchObject({ boot: 2, report: { jobIds: [], faults: [] } });
  });

  test('slow firmware answers late, in order, and cooks all the same', () => {
    const device = oven();
    device.handle(breakIt('SLOW_FIRMWARE'));
    device.handle(start({ durationSeconds: 60 }));
    expect(run(device, 10)).toEqual([]);
    expect(types(run(device, 500))).toEqual(['COMMAND_ACCEPTED', 'COMMAND_ACCEPTED', 'JOB_DONE']);
  });

  test('a large oven whose doors hardly rest keeps its heat: an open door costs its own deck, not all', () => {
    const device = oven(1, 40);
    const ended: string[] = [];
    for (let second = 0; second < 1_200; second += 1) {
      if (second % 5 === 0) device.handle(start({ targetCelsius: 250, durationSeconds: 180 }));
      device.step();
      ended.push(...types(device.takeReports()).filter((type) => type.startsWith('JOB_')));
    }
    expect(ended.length).toBeGreaterThan(150);
    expect(new Set(ended)).toEqual(new Set(['JOB_DONE']));
    expect(device.hearth.temperature).toBeGreaterThan(240);
  });

  test('a job that takes three times its duration and five minutes more is given up', () => {
    const food = freshFood(1, 200, 100);
    expect(isStalled({ jobId: 'a', food, age: 600 })).toBe(false);
    expect(isStalled({ jobId: 'a', food, age: 601 })).toBe(true);
  });
});

describe('any life of a device', () => {
  type Act = { wait: number; command: DeviceCommand };
  const fault = fc.constantFrom('SENSOR_STUCK', 'HEATER_DEAD', 'OVERHEAT', 'POWER_LOSS', 'SLOW_FIRMWARE');
  const jobIds = fc.constantFrom(...Array.from({ length: 6 }, () => randomUUID()));
  const command: fc.Arbitrary<DeviceCommand> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .record({
          jobId: jobIds,
          durationSeconds: fc.integer({ min: 1, max: 300 }),
          portions: fc.integer({ min: 1, max: 20 }),
          targetCelsius: fc.integer({ min: 100, max: 300 }),
        })
        .map(start),
    },
    { weight: 1, arbitrary: jobIds.map(stop) },
    { weight: 1, arbitrary: fc.tuple(fault, fc.boolean()).map(([kind, active]) => breakIt(kind, active)) },
    {
      weight: 1,
      arbitrary: fc.constant(null).map((): DeviceCommand => ({ ...at, type: 'REPORT', commandId: randomUUID() })),
    },
  );
  const life: fc.Arbitrary<Act[]> = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 200 }), command }), {
    minLength: 1,
    maxLength: 25,
  });
  const live = (acts: Act[], seed: number) => {
    const device = new Device({ id: 'oven-1', kind: 'OVEN', slots: 3, seed });
    for (const { wait, command: given } of acts) {
      for (let n = 0; n < wait; n += 1) device.step();
      device.handle(given);
    }
    for (let n = 0; n < 3_000; n += 1) device.step();
    return { log: device.takeReports(), telemetry: device.telemetry() };
  };

  test('the same seed and the same commands at the same time give the same log', () => {
    fc.assert(
      fc.property(life, fc.integer(), (acts, seed) => {
        expect(live(acts, seed)).toEqual(live(acts, seed));
      }),
      { numRuns: 30 },
    );
  });

  test('every command is answered, every job that began ends once, and nothing stays in a slot', () => {
    fc.assert(
      fc.property(life, fc.integer(), (acts, seed) => {
        const { log, telemetry } = live(acts, seed);
        const answers = log.filter(({ report }) => 'commandId' in report);
        expect(answers).toHaveLength(acts.length);
        const ends = log.flatMap(({ boot, report }) =>
          ['JOB_DONE', 'JOB_STOPPED', 'JOB_FAILED'].includes(report.type)
            ? [`${boot} ${(report as { jobId: string }).jobId}`]
            : [],
        );
        expect(new Set(ends).size).toBe(ends.length);
        expect(telemetry.jobs).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
