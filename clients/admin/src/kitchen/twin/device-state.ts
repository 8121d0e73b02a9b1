import type { StationKind } from '@brigade/graphql';
import type { Reading } from './reading.ts';

/** The states of a device's machine, as its panel draws them. */
export const deviceStates = ['OFFLINE', 'IDLE', 'HEATING', 'COOKING', 'FAULT'] as const;
export type DeviceState = (typeof deviceStates)[number];

/** From which state a device goes into which. */
export const transitions: readonly (readonly [from: DeviceState, to: DeviceState])[] = [
  ['OFFLINE', 'IDLE'],
  ['IDLE', 'HEATING'],
  ['HEATING', 'COOKING'],
  ['COOKING', 'IDLE'],
  ['COOKING', 'FAULT'],
  ['FAULT', 'OFFLINE'],
];

/** Without a reading for so long a device is taken to be off, milliseconds. */
export const SILENCE_MS = 6_000;
/** Below its set point by more than this a device is still heating, kelvin. */
const NEAR_K = 15;

/** Where a device stands at a moment; `reading` is its newest one then. */
export function deviceState(kind: StationKind, reading: Reading | undefined, time: number): DeviceState {
  if (!reading || time - reading.at > SILENCE_MS || reading.faults.includes('POWER_LOSS')) return 'OFFLINE';
  // Slow firmware answers late and works all the same.
  if (reading.faults.some((fault) => fault !== 'SLOW_FIRMWARE')) return 'FAULT';
  if (reading.jobs.length === 0) return 'IDLE';
  const isCold = kind !== 'PREP' && reading.setPoint !== null && reading.temperature < reading.setPoint - NEAR_K;
  return isCold ? 'HEATING' : 'COOKING';
}
