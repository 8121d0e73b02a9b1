import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseDevices, type DeviceLoad, type QueuedStep } from './choose-devices.ts';

const device = (id: string, busy: number, slots = 2, kind: DeviceLoad['kind'] = 'OVEN'): DeviceLoad => ({
  id,
  kind,
  slots,
  busy,
});
const step = (ticketId: string, avoid: string | null = null, kind: QueuedStep['kind'] = 'OVEN'): QueuedStep => ({
  ticketId,
  kind,
  avoid,
});
const chosen = (queue: QueuedStep[], devices: DeviceLoad[]) =>
  chooseDevices(queue, devices).map(({ ticketId, deviceId }) => `${ticketId} on ${deviceId}`);

describe('the choice of a device', () => {
  test('first come, first served, the least loaded first, until all slots are taken', () => {
    expect(chosen([step('1'), step('2'), step('3'), step('4')], [device('a', 1), device('b', 0)])).toEqual([
      '1 on b',
      '2 on a',
      '3 on b',
    ]);
  });

  test('only devices of the kind', () => {
    expect(chosen([step('1', null, 'FRYER')], [device('a', 0)])).toEqual([]);
  });

  test('not the device that lost the step, while another of the kind works, even a full one', () => {
    expect(chosen([step('1', 'a')], [device('a', 0), device('b', 1)])).toEqual(['1 on b']);
    expect(chosen([step('1', 'a')], [device('a', 0), device('b', 2)])).toEqual([]);
    expect(chosen([step('1', 'a')], [device('a', 0)])).toEqual(['1 on a']);
  });

  test('never more than a device has slots, and no ticket twice', () => {
    const kind = fc.constantFrom<DeviceLoad['kind']>('OVEN', 'PREP');
    fc.assert(
      fc.property(
        fc.array(fc.record({ kind, slots: fc.integer({ min: 1, max: 5 }), busy: fc.integer({ min: 0, max: 5 }) }), {
          maxLength: 6,
        }),
        fc.array(fc.record({ kind, avoid: fc.constantFrom(null, 'd0', 'd1') }), { maxLength: 30 }),
        (loads, wanted) => {
          const devices = loads.map((load, n) => ({ ...load, id: `d${n}` }));
          const queue = wanted.map((want, n) => ({ ...want, ticketId: `t${n}` }));
          const assignments = chooseDevices(queue, devices);
          expect(new Set(assignments.map(({ ticketId }) => ticketId)).size).toBe(assignments.length);
          for (const { id, slots, busy } of devices) {
            const taken = assignments.filter(({ deviceId }) => deviceId === id).length;
            if (taken > 0) expect(busy + taken).toBeLessThanOrEqual(slots);
          }
        },
      ),
    );
  });
});
