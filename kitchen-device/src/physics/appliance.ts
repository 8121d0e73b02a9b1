import { AMBIENT, CUT_OUT_MARGIN, type ApplianceSpec } from './constants.ts';

/** Length of one integration step, seconds of kitchen time: far below every time constant here (80 s and more). */
export const STEP_SECONDS = 1;

/** Heat that went in and out since the start, J. */
export interface EnergyLedger {
  heater: number;
  losses: number;
  food: number;
}

/** The hot mass of an appliance: one temperature for all of it (a lumped mass). */
export interface Appliance {
  readonly spec: ApplianceSpec;
  readonly slots: number;
  /** Degrees Celsius. */
  temperature: number;
  readonly ledger: EnergyLedger;
}

export const createAppliance = (spec: ApplianceSpec, slots: number): Appliance => ({
  spec,
  slots,
  temperature: spec.standby,
  ledger: { heater: 0, losses: 0, food: 0 },
});

/** The highest set point that the controller accepts, degrees Celsius. */
export const highestSetPoint = (spec: ApplianceSpec): number => spec.cutOut - CUT_OUT_MARGIN;

/** A door closes a deck of so many slots; a larger appliance has several decks over one another. */
const SLOTS_PER_DECK = 4;

/** How many doors an appliance has. */
export const decksOf = (slots: number): number => Math.ceil(slots / SLOTS_PER_DECK);

/**
 * One step of C dT/dt = P - (k + k_door) (T - T_ambient) - Q_food, by explicit Euler: whatever the step, the ledger
 * balances exactly.
 * @param openDecks doors that stand open
 * @param foodWatts heat that the food takes in, W
 */
export function heat(appliance: Appliance, heaterOn: boolean, openDecks: number, foodWatts: number): void {
  const { spec, slots, ledger } = appliance;
  const openSlots = Math.min(slots, openDecks * SLOTS_PER_DECK);
  const conductance = spec.lossPerKelvin * slots + spec.doorLossPerKelvin * openSlots;
  const heater = heaterOn ? heaterPower(appliance) * STEP_SECONDS : 0;
  const losses = conductance * (appliance.temperature - AMBIENT) * STEP_SECONDS;
  const food = foodWatts * STEP_SECONDS;
  appliance.temperature += (heater - losses - food) / heatCapacity(appliance);
  ledger.heater += heater;
  ledger.losses += losses;
  ledger.food += food;
}

export const heaterPower = ({ spec, slots }: Appliance): number => spec.heaterPower * slots;
export const heatCapacity = ({ spec, slots }: Appliance): number => spec.heatCapacity * slots;
