import type { DeviceCommand } from '@brigade/schema';
import { Device } from '../device/device.ts';
import type { TimedReport } from '../device/reports.ts';
import type { PlannedFault } from './planned-faults.ts';
import type { Profile } from './profiles.ts';

/** All devices of a kitchen on one virtual clock, which moves by whole seconds of kitchen time. */
export class EmulatedKitchen {
  readonly devices: ReadonlyMap<string, Device>;
  readonly #planned: readonly PlannedFault[];
  #kitchenTime = 0;
  #misdirected: TimedReport[] = [];

  /** @throws RangeError when a planned fault names a device that the profile has not */
  constructor({ profile, seed, faults = [] }: { profile: Profile; seed: number; faults?: readonly PlannedFault[] }) {
    const devices = profile.stations.flatMap(({ kind, count, slots }) =>
      Array.from(
        { length: count },
        (_, index) => new Device({ id: `${kind.toLowerCase()}-${index + 1}`, kind, slots, seed }),
      ),
    );
    this.devices = new Map(devices.map((device) => [device.id, device]));
    for (const { deviceId } of faults) {
      if (!this.devices.has(deviceId)) throw new RangeError(`KITCHEN_FAULTS names ${deviceId}, which is not there`);
    }
    this.#planned = faults;
  }

  /** Seconds since the start. */
  get kitchenTime(): number {
    return this.#kitchenTime;
  }

  step(): void {
    this.#kitchenTime += 1;
    for (const device of this.devices.values()) device.step();
    for (const { deviceId, fault, from, to } of this.#planned) {
      if (from === this.#kitchenTime) this.devices.get(deviceId)?.setFault(fault, true);
      if (to === this.#kitchenTime) this.devices.get(deviceId)?.setFault(fault, false);
    }
  }

  /** @param isForBoot whether a command is meant for that boot of its device */
  handle(command: DeviceCommand, isForBoot: (command: DeviceCommand, boot: number) => boolean = () => true): void {
    const device = this.devices.get(command.deviceId);
    if (device) return device.handle(command, isForBoot(command, device.boot));
    const { deviceId, commandId } = command;
    const jobId = 'jobId' in command ? command.jobId : null;
    this.#misdirected.push({
      deviceId,
      boot: 1,
      kitchenTime: this.#kitchenTime,
      report: { type: 'COMMAND_REFUSED', commandId, jobId, reason: 'WRONG_DEVICE' },
    });
  }

  /** What the devices have to say since the last call; in order for each device. */
  takeReports(): TimedReport[] {
    const reports = this.#misdirected;
    this.#misdirected = [];
    for (const device of this.devices.values()) reports.push(...device.takeReports());
    return reports;
  }
}
