import type { DeviceEvent } from '@brigade/schema';

type Bare<E> = E extends unknown ? Omit<E, 'eventId' | 'deviceId' | 'bootId' | 'at'> : never;

/** A device event before it is given ids and the time of day: what two runs with the same seed have in common. */
export type Report = Bare<DeviceEvent>;

/** `boot` counts the device's starts from 1; `kitchenTime` is in seconds since the emulator's start. */
export interface TimedReport {
  deviceId: string;
  boot: number;
  kitchenTime: number;
  report: Report;
}
