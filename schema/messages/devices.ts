import { z } from 'zod';
import { stationKindSchema } from './values.ts';
import { ids } from './example-ids.ts';
import { text } from './text.ts';

/**
 * Between the kitchen and its devices: exchange `<namespace>.devices` (topic).
 * Commands go out as `command.<deviceId>`, answers come back as `event.<deviceId>`.
 * A command is idempotent by `commandId`, a job by `jobId`: a device that hears either twice acts once.
 * A command that may come too late is published with an expiration, and the broker lets it go: nobody compares clocks.
 */
const commandBase = { commandId: z.uuid(), deviceId: text({ max: 60 }), issuedAt: z.iso.datetime() };

export const faultKinds = ['SENSOR_STUCK', 'HEATER_DEAD', 'OVERHEAT', 'POWER_LOSS', 'SLOW_FIRMWARE'] as const;
export const faultKindSchema = z.enum(faultKinds);
export type FaultKind = z.infer<typeof faultKindSchema>;

export const deviceCommandSchema = z.discriminatedUnion('type', [
  /**
   * Put food into a free slot and cook it: `durationSeconds` is kitchen time at `targetCelsius`. Whose food it is
   * (`ticketId`, and which `step` of it, from 0) does not matter to the device; its log shows it.
   */
  z.strictObject({
    ...commandBase,
    type: z.literal('START_JOB'),
    jobId: z.uuid(),
    /** The boot that it is meant for: a device that has restarted since may have cooked it, and has forgotten. */
    bootId: z.uuid(),
    ticketId: z.uuid(),
    step: z.int().min(0),
    targetCelsius: z.number().nullable(),
    durationSeconds: z.int().min(1),
    portions: z.int().min(1).max(20),
  }),
  /** Take the food out, done or not. */
  z.strictObject({ ...commandBase, type: z.literal('STOP_JOB'), jobId: z.uuid() }),
  /** Switch a fault on or off, for demonstrations and tests. */
  z.strictObject({ ...commandBase, type: z.literal('SET_FAULT'), fault: faultKindSchema, active: z.boolean() }),
  /** Say again what the device is and what it is cooking (answered by an `ONLINE` event). */
  z.strictObject({ ...commandBase, type: z.literal('REPORT') }),
]);
export type DeviceCommand = z.infer<typeof deviceCommandSchema>;

/** `eventId` is unique, `bootId` changes when the device restarts and has forgotten its jobs. */
const eventBase = {
  eventId: z.uuid(),
  deviceId: text({ max: 60 }),
  bootId: z.uuid(),
  at: z.iso.datetime(),
};

export const deviceEventSchema = z.discriminatedUnion('type', [
  /**
   * On boot, on `REPORT`, and when a fault is cleared: what the device is, every job that it is cooking, and the faults
   * that keep it from working.
   */
  z.strictObject({
    ...eventBase,
    type: z.literal('ONLINE'),
    kind: stationKindSchema,
    slots: z.int().min(1),
    jobIds: z.array(z.uuid()),
    faults: z.array(faultKindSchema),
  }),
  z.strictObject({
    ...eventBase,
    type: z.literal('COMMAND_ACCEPTED'),
    commandId: z.uuid(),
    jobId: z.uuid().nullable(),
  }),
  z.strictObject({
    ...eventBase,
    type: z.literal('COMMAND_REFUSED'),
    commandId: z.uuid(),
    jobId: z.uuid().nullable(),
    reason: z.enum(['NO_FREE_SLOT', 'FAULTY', 'UNKNOWN_JOB', 'WRONG_DEVICE', 'RESTARTED']),
  }),
  z.strictObject({ ...eventBase, type: z.literal('JOB_DONE'), jobId: z.uuid(), doneness: z.number() }),
  z.strictObject({ ...eventBase, type: z.literal('JOB_STOPPED'), jobId: z.uuid(), doneness: z.number() }),
  z.strictObject({ ...eventBase, type: z.literal('JOB_FAILED'), jobId: z.uuid(), reason: text({ multiline: true }) }),
  /** The device can't work (a cut-out, a dead heater, no power); its jobs were lost and are each reported failed. */
  z.strictObject({ ...eventBase, type: z.literal('FAULT_RAISED'), fault: faultKindSchema }),
  z.strictObject({ ...eventBase, type: z.literal('FAULT_CLEARED'), fault: faultKindSchema }),
]);
export type DeviceEvent = z.infer<typeof deviceEventSchema>;

/**
 * Telemetry: exchange `<namespace>.telemetry` (topic, transient, lossy on purpose), key `telemetry.<deviceId>`.
 * Temperatures in degrees Celsius as the sensor reads them, power in watts, `kitchenTime` in seconds of the virtual
 * clock since boot, doneness 0 (raw) to 1 (done).
 */
export const telemetrySchema = z.strictObject({
  deviceId: text({ min: 0 }),
  bootId: z.uuid(),
  kind: stationKindSchema,
  at: z.iso.datetime(),
  kitchenTime: z.number(),
  temperature: z.number(),
  setPoint: z.number().nullable(),
  power: z.number().min(0),
  doorOpen: z.boolean(),
  faults: z.array(faultKindSchema),
  jobs: z.array(z.strictObject({ jobId: z.uuid(), doneness: z.number(), remainingSeconds: z.number() })),
});
export type Telemetry = z.infer<typeof telemetrySchema>;

export const deviceExamples: { command: DeviceCommand; event: DeviceEvent; telemetry: Telemetry } = {
  command: {
    commandId: ids.payment,
    deviceId: 'oven-1',
    issuedAt: '2026-01-01T12:00:00.000Z',
    type: 'START_JOB',
    jobId: ids.job,
    bootId: ids.boot,
    ticketId: ids.line,
    step: 0,
    targetCelsius: 250,
    durationSeconds: 360,
    portions: 2,
  },
  event: {
    eventId: ids.ingredient,
    deviceId: 'oven-1',
    bootId: ids.boot,
    at: '2026-01-01T12:00:12.000Z',
    type: 'JOB_DONE',
    jobId: ids.job,
    doneness: 1,
  },
  telemetry: {
    deviceId: 'oven-1',
    bootId: ids.boot,
    kind: 'OVEN',
    at: '2026-01-01T12:00:05.000Z',
    kitchenTime: 150,
    temperature: 247.5,
    setPoint: 250,
    power: 2100,
    doorOpen: false,
    faults: [],
    jobs: [{ jobId: ids.job, doneness: 0.4, remainingSeconds: 210 }],
  },
};
