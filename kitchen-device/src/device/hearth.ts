import type { FaultKind, StationKind } from '@brigade/schema';
import { createAppliance, decksOf, heat, heaterPower, highestSetPoint, type Appliance } from '../physics/appliance.ts';
import { AMBIENT, applianceSpecs } from '../physics/constants.ts';
import { cook, freshFood, type Food } from '../physics/food.ts';
import { readSensor, type Sensor } from '../physics/sensor.ts';
import { switchHeater } from '../physics/thermostat.ts';

/** A sensor that is well never reads the same for so long, seconds. */
const STUCK_AFTER = 60;

/** Elements that are switched on and take no current for so long are dead, seconds. */
const DEAD_AFTER = 10;

/**
 * The heated part of a device: mass, elements, thermostat, sensor, door and safety thermostat. PREP has none of it, and
 * a hearth without appliance only lets the time pass.
 */
export class Hearth {
  readonly appliance: Appliance | undefined;
  readonly #sensor: Sensor;
  #heaterOn = false;
  #deadFor = 0;
  /** Seconds until each open door closes. */
  #openDoors: number[] = [];
  #power = 0;
  #setPoint: number | null;

  constructor(
    kind: StationKind,
    slots: number,
    private readonly random: () => number,
  ) {
    this.appliance = kind === 'PREP' ? undefined : createAppliance(applianceSpecs[kind], slots);
    this.#setPoint = this.appliance?.spec.standby ?? null;
    this.#sensor = { reading: this.appliance?.temperature ?? AMBIENT, sameFor: 0 };
  }

  get temperature(): number {
    return this.#sensor.reading;
  }
  get setPoint(): number | null {
    return this.#setPoint;
  }
  /** What the elements took in the last step, W. */
  get power(): number {
    return this.#power;
  }
  get doorOpen(): boolean {
    return this.#openDoors.length > 0;
  }

  openDoor(): void {
    const seconds = this.appliance?.spec.doorSeconds ?? 0;
    if (!this.appliance || seconds === 0) return;
    // Where every door is open already, the one that has been open longest stays open.
    if (this.#openDoors.length >= decksOf(this.appliance.slots)) this.#openDoors.shift();
    this.#openDoors.push(seconds);
  }

  /** Food at a temperature that this appliance can reach. */
  foodFor(portions: number, target: number | null, durationSeconds: number): Food {
    if (!this.appliance || target === null) return freshFood(portions, null, durationSeconds);
    return freshFood(portions, Math.min(target, highestSetPoint(this.appliance.spec)), durationSeconds);
  }

  /**
   * One step. `causes` are the faults that are really there.
   * @returns the fault that the controller noticed in this step, if any
   */
  step(foods: readonly Food[], causes: ReadonlySet<FaultKind>, working: boolean): FaultKind | undefined {
    if (this.#openDoors.length > 0)
      this.#openDoors = this.#openDoors.map((left) => left - 1).filter((left) => left > 0);
    const { appliance } = this;
    if (!appliance) {
      for (const food of foods) cook(food, AMBIENT, 0);
      return undefined;
    }
    const { spec } = appliance;
    const powered = !causes.has('POWER_LOSS');
    if (powered) readSensor(this.#sensor, appliance.temperature, causes.has('SENSOR_STUCK'), this.random);
    this.#setPoint = powered && working ? Math.max(spec.standby, ...foods.map((food) => food.target ?? 0)) : null;
    this.#heaterOn = this.#setPoint !== null && switchHeater(this.#heaterOn, this.#sensor.reading, this.#setPoint);
    // OVERHEAT is a contactor that welded shut: the elements stay on until the safety thermostat cuts them off.
    const wanted = this.#heaterOn || (powered && working && causes.has('OVERHEAT'));
    const heating = wanted && !causes.has('HEATER_DEAD');
    let intoFood = 0;
    for (const food of foods) intoFood += cook(food, appliance.temperature, spec.foodPerKelvin);
    heat(appliance, heating, this.#openDoors.length, intoFood);
    this.#power = heating ? heaterPower(appliance) : 0;
    this.#deadFor = wanted && !heating ? this.#deadFor + 1 : 0;
    if (!powered || !working) return undefined;
    if (appliance.temperature >= spec.cutOut) return 'OVERHEAT';
    if (this.#deadFor >= DEAD_AFTER) return 'HEATER_DEAD';
    if (this.#sensor.sameFor >= STUCK_AFTER) return 'SENSOR_STUCK';
    return undefined;
  }
}
