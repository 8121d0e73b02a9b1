import { STEP_SECONDS } from './appliance.ts';
import { BOILING, COOK_VALUE_Z, FRIDGE, PORTIONS_IN_CONTACT, PORTION_HEAT_CAPACITY } from './constants.ts';

/** What lies in one slot. */
export interface Food {
  readonly portions: number;
  /** The temperature that the recipe was written for, degrees Celsius; null where nothing heats. */
  readonly target: number | null;
  /** Time at `target` until it is done, seconds. */
  readonly durationSeconds: number;
  /** Degrees Celsius. */
  temperature: number;
  /** 0 raw, 1 done. */
  doneness: number;
}

export const freshFood = (portions: number, target: number | null, durationSeconds: number): Food => ({
  portions,
  target,
  durationSeconds,
  temperature: FRIDGE,
  doneness: 0,
});

/** What a slot's damper (burner valve, basket height) lets through: never more than its food asks for. */
const slotTemperature = (food: Food, appliance: number): number =>
  food.target === null ? appliance : Math.min(appliance, food.target);

/**
 * Doneness per second: the lethality rate 10^((T - T_ref) / z) with the recipe's target as reference, over the
 * recipe's time. 1/duration at the target, a tenth of it 33 K below.
 */
export function cookingRate(food: Food, applianceTemperature: number): number {
  if (food.target === null) return 1 / food.durationSeconds;
  const below = slotTemperature(food, applianceTemperature) - food.target;
  return 10 ** (below / COOK_VALUE_Z) / food.durationSeconds;
}

/**
 * One step of cooking.
 * @returns the heat that the food took in, W: to get warmer, or at the boiling point to lose water
 */
export function cook(food: Food, applianceTemperature: number, foodPerKelvin: number): number {
  food.doneness = Math.min(1, food.doneness + cookingRate(food, applianceTemperature) * STEP_SECONDS);
  const conductance = foodPerKelvin * Math.min(food.portions, PORTIONS_IN_CONTACT);
  const watts = conductance * (slotTemperature(food, applianceTemperature) - food.temperature);
  const warmer = (watts * STEP_SECONDS) / (PORTION_HEAT_CAPACITY * food.portions);
  food.temperature = Math.min(BOILING, food.temperature + warmer);
  return watts;
}
