import { THERMOSTAT_BAND } from './constants.ts';

/**
 * Whether the heater is to be on, by what the sensor reads: a switch with hysteresis above the set point, so that food
 * rarely sees less than it.
 */
export function switchHeater(on: boolean, reading: number, setPoint: number): boolean {
  if (reading < setPoint) return true;
  if (reading > setPoint + THERMOSTAT_BAND) return false;
  return on;
}
