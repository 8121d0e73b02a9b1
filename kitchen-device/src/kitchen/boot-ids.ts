import { randomUUID } from 'node:crypto';
import type { DeviceCommand, DeviceEvent } from '@brigade/schema';
import type { TimedReport } from '../device/reports.ts';

/** Ids of devices' boots and events. They are new in each process, so they are given here and not in the model. */
export class BootIds {
  readonly #ids = new Map<string, string>();

  of(deviceId: string, boot: number): string {
    const key = `${deviceId}#${boot}`;
    const known = this.#ids.get(key) ?? randomUUID();
    this.#ids.set(key, known);
    return known;
  }

  /** Whether a command may be obeyed in this boot: only what begins a job is bound to one. */
  isFor(command: DeviceCommand, boot: number): boolean {
    return command.type !== 'START_JOB' || command.bootId === this.of(command.deviceId, boot);
  }

  eventOf({ deviceId, boot, report }: TimedReport): DeviceEvent {
    const at = new Date().toISOString();
    return { eventId: randomUUID(), deviceId, bootId: this.of(deviceId, boot), at, ...report };
  }
}
