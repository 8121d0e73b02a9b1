import type { StationKind } from '@brigade/schema';

/** The air of the kitchen, degrees Celsius. */
export const AMBIENT = 22;

/** Food comes from the fridge, degrees Celsius. */
export const FRIDGE = 5;

/** Wet food does not get warmer than this: more heat boils water off, degrees Celsius. */
export const BOILING = 98;

/** A portion of 0.25 kg at 3.5 kJ/(kg K) (lean meat, vegetables: ASHRAE Handbook, Refrigeration, ch. 19), J/K. */
export const PORTION_HEAT_CAPACITY = 875;

/** So many portions touch the heat of one slot; the others lie on top of them. */
export const PORTIONS_IN_CONTACT = 4;

/**
 * Ten times faster per so many kelvin: the z value of the cook value C (Mansfield 1962; 33 K is the usual figure for
 * sensory quality, Holdsworth & Simpson, Thermal Processing of Packaged Foods, ch. 6).
 */
export const COOK_VALUE_Z = 33;

/** The thermostat holds the air between set point and set point + band, kelvin. */
export const THERMOSTAT_BAND = 4;

/** Deviation of a type K thermocouple's reading within its noise, kelvin. */
export const SENSOR_NOISE = 0.3;

/** A controller never aims closer to its cut-out than this, kelvin. */
export const CUT_OUT_MARGIN = 20;

/** One appliance of a kind, per slot: figures of commercial appliances, see README. */
export interface ApplianceSpec {
  /** Metal, stone or oil that is hot while the appliance is, J/K. */
  readonly heatCapacity: number;
  /** Of the heating elements, W. */
  readonly heaterPower: number;
  /** Through the walls or from the open surface, W/K. */
  readonly lossPerKelvin: number;
  /** More while the door stands open, W/K. */
  readonly doorLossPerKelvin: number;
  /** How long the door is open to load or unload, seconds. */
  readonly doorSeconds: number;
  /** Into one portion of food, W/K. */
  readonly foodPerKelvin: number;
  /** Kept while nothing cooks, degrees Celsius. */
  readonly standby: number;
  /** The safety thermostat opens here, degrees Celsius. */
  readonly cutOut: number;
}

/** PREP has no heat: its steps take their time. */
export const applianceSpecs: Readonly<Record<Exclude<StationKind, 'PREP'>, ApplianceSpec>> = {
  OVEN: {
    heatCapacity: 7_500,
    heaterPower: 5_500,
    lossPerKelvin: 2,
    doorLossPerKelvin: 40,
    doorSeconds: 8,
    foodPerKelvin: 3,
    standby: 220,
    cutOut: 380,
  },
  GRIDDLE: {
    heatCapacity: 5_000,
    heaterPower: 5_000,
    lossPerKelvin: 3,
    doorLossPerKelvin: 0,
    doorSeconds: 0,
    foodPerKelvin: 4,
    standby: 200,
    cutOut: 330,
  },
  FRYER: {
    heatCapacity: 8_000,
    heaterPower: 5_500,
    lossPerKelvin: 2,
    doorLossPerKelvin: 0,
    doorSeconds: 0,
    foodPerKelvin: 8,
    standby: 175,
    cutOut: 230,
  },
  STOVE: {
    heatCapacity: 2_000,
    heaterPower: 3_000,
    lossPerKelvin: 4,
    doorLossPerKelvin: 0,
    doorSeconds: 0,
    foodPerKelvin: 4,
    standby: 100,
    cutOut: 320,
  },
};
