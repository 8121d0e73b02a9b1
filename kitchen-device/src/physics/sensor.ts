import { SENSOR_NOISE } from './constants.ts';
import { bellNoise } from './random.ts';

/** A thermometer with noise, which may get stuck on its last reading. */
export interface Sensor {
  /** Degrees Celsius. */
  reading: number;
  /** How long it has read exactly the same, seconds. */
  sameFor: number;
}

export function readSensor(sensor: Sensor, temperature: number, stuck: boolean, random: () => number): void {
  const reading = temperature + SENSOR_NOISE * bellNoise(random);
  if (stuck) sensor.sameFor += 1;
  else Object.assign(sensor, { reading, sameFor: 0 });
}
