import { alarmFaults } from './alarms.ts';
import { clockFaults } from './clock.ts';
import { deliveryFaults } from './deliveries.ts';
import type { FaultClass } from './fault.ts';
import { mixedFaults } from './mixed.ts';
import { networkFaults } from './network.ts';
import { processFaults } from './processes.ts';

const none: FaultClass = {
  name: 'none',
  about: 'nothing is broken: what the others are compared with',
  inject: async () => {},
};

/** Every class of faults, in the order in which they are injected: one at a time, then mixed. */
export const faultClasses: readonly FaultClass[] = [
  none,
  ...processFaults,
  ...networkFaults,
  ...deliveryFaults,
  ...alarmFaults,
  ...clockFaults,
  ...mixedFaults,
];

/** @throws Error that names what there is, for a class that there is not */
export function chooseClasses(names: readonly string[]): readonly FaultClass[] {
  if (names.length === 0) return faultClasses;
  const unknown = names.filter((name) => !faultClasses.some((fault) => fault.name === name));
  if (unknown.length > 0) {
    const known = faultClasses.map(({ name, about }) => `  ${name.padEnd(18)} ${about}`).join('\n');
    throw new Error(`There is no class ${unknown.join(', ')}. There are:\n${known}`);
  }
  return faultClasses.filter(({ name }) => names.includes(name));
}
