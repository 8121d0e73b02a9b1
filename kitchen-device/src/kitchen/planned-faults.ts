import { faultKindSchema, type FaultKind } from '@brigade/schema';

/** A fault that is there from one kitchen second to another (or for good). */
export interface PlannedFault {
  deviceId: string;
  fault: FaultKind;
  from: number;
  to?: number;
}

/**
 * Reads `oven-2:HEATER_DEAD@120,fryer-1:POWER_LOSS@60-240`: device, fault, and the kitchen seconds from and until when.
 * @throws TypeError for an entry that it can't read
 */
export function parsePlannedFaults(text: string): PlannedFault[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((entry) => {
      const match = /^(?<device>[a-z0-9-]+):(?<fault>[A-Z_]+)@(?<from>\d+)(?:-(?<to>\d+))?$/.exec(entry);
      const fault = faultKindSchema.safeParse(match?.groups?.fault);
      if (!match?.groups || !fault.success) throw new TypeError(`can't read "${entry}", expected device:FAULT@from-to`);
      const { device = '', from, to } = match.groups;
      return { deviceId: device, fault: fault.data, from: Number(from), ...(to && { to: Number(to) }) };
    });
}
