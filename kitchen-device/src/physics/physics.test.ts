import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createAppliance, heat, heatCapacity } from './appliance.ts';
import { applianceSpecs } from './constants.ts';
import { cook, cookingRate, freshFood } from './food.ts';
import { bellNoise, seededRandom } from './random.ts';
import { switchHeater } from './thermostat.ts';

const kind = fc.constantFrom('OVEN', 'GRIDDLE', 'FRYER', 'STOVE');

describe('the thermal model', () => {
  test('what goes in is what warms the appliance, is lost, or goes into the food', () => {
    fc.assert(
      fc.property(
        kind,
        fc.array(fc.tuple(fc.boolean(), fc.nat(3), fc.integer({ min: 0, max: 20_000 })), { minLength: 1 }),
        (name, steps) => {
          const appliance = createAppliance(applianceSpecs[name], 4);
          const before = appliance.temperature;
          for (const [heater, doors, food] of steps) heat(appliance, heater, doors, food);
          const { heater, losses, food } = appliance.ledger;
          const stored = heatCapacity(appliance) * (appliance.temperature - before);
          expect(heater - losses - food).toBeCloseTo(stored, 2);
        },
      ),
    );
  });

  test('without heating an appliance cools towards the air and never below', () => {
    fc.assert(
      fc.property(kind, fc.integer({ min: 1, max: 5_000 }), (name, seconds) => {
        const appliance = createAppliance(applianceSpecs[name], 2);
        let before = appliance.temperature;
        for (let n = 0; n < seconds; n += 1) {
          heat(appliance, false, 0, 0);
          expect(appliance.temperature).toBeLessThanOrEqual(before);
          before = appliance.temperature;
        }
        expect(appliance.temperature).toBeGreaterThanOrEqual(22);
      }),
      { numRuns: 20 },
    );
  });

  test('the thermostat holds its band once there', () => {
    const appliance = createAppliance(applianceSpecs.OVEN, 4);
    let on = false;
    for (let n = 0; n < 4_000; n += 1) {
      on = switchHeater(on, appliance.temperature, 220);
      heat(appliance, on, 0, 0);
      expect(appliance.temperature).toBeGreaterThan(219);
      expect(appliance.temperature).toBeLessThan(226);
    }
  });
});

describe('doneness', () => {
  test('grows at every step, by no more than one second at the target', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 30, max: 600 }),
        fc.array(fc.double({ min: 22, max: 400, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (portions, target, duration, temperatures) => {
          const food = freshFood(portions, target, duration);
          for (const temperature of temperatures) {
            const before = food.doneness;
            cook(food, temperature, 3);
            const growth = food.doneness - before;
            expect(growth).toBeGreaterThanOrEqual(0);
            if (before < 1) expect(growth).toBeGreaterThan(0);
            expect(growth).toBeLessThanOrEqual(1 / duration + 1e-12);
            expect(food.doneness).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  test('takes ten times as long 33 K below the target', () => {
    const food = freshFood(1, 200, 100);
    expect(cookingRate(food, 200)).toBeCloseTo(0.01, 10);
    expect(cookingRate(food, 167)).toBeCloseTo(0.001, 10);
    expect(cookingRate(food, 260)).toBeCloseTo(0.01, 10);
  });

  test('food boils rather than get hotter', () => {
    const food = freshFood(2, 220, 600);
    for (let n = 0; n < 3_000; n += 1) cook(food, 220, 3);
    expect(food.temperature).toBe(98);
    expect(cook(food, 220, 3)).toBeCloseTo(2 * 3 * (220 - 98), 6);
  });
});

test('noise has mean 0 and deviation 1, and depends on the seed alone', () => {
  const random = seededRandom(7);
  const values = Array.from({ length: 20_000 }, () => bellNoise(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(variance).toBeCloseTo(1, 1);
  const again = seededRandom(7);
  expect(Array.from({ length: 20_000 }, () => bellNoise(again))).toEqual(values);
});
