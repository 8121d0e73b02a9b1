import type { DeviceFault, ReadingPartsFragment } from '@brigade/graphql';

/** What a device said at one moment. Times are milliseconds since the epoch by the kitchen's clock. */
export interface Reading {
  at: number;
  /** Degrees Celsius. */
  temperature: number;
  setPoint: number | null;
  /** Watts. */
  power: number;
  /** 0 (closed) to 1 (open); in between only between two readings. */
  door: number;
  faults: readonly DeviceFault[];
  jobs: Job[];
}

/** Something that cooks in a slot. */
export interface Job {
  jobId: string;
  ticketId: string | null;
  /** 0 (raw) to 1 (done). */
  doneness: number;
  /** Kitchen seconds until it is done. */
  remainingSeconds: number;
}

export function readingFrom(parts: ReadingPartsFragment): Reading {
  const { at, temperature, setPoint, power, doorOpen, faults, jobs } = parts;
  return { at: Date.parse(at), temperature, setPoint, power, door: doorOpen ? 1 : 0, faults, jobs: [...jobs] };
}
