import { expect, test } from '@jest/globals';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { KitchenWorld } from './kitchen-world.ts';

const ORDERS = Number(process.env.KITCHEN_LOAD_ORDERS ?? 150);

test(`the load profile cooks ${ORDERS} orders of two dishes`, async () => {
  const world = new KitchenWorld({
    KITCHEN_PROFILE: 'load',
    KITCHEN_CLOCK: '',
    TELEMETRY_INTERVAL_MS: '1000',
    KITCHEN_ACK_DEADLINE_MS: '2500',
    KITCHEN_COMMAND_TTL_MS: '10000',
    KITCHEN_DEVICE_SILENCE_MS: '10000',
    KITCHEN_NO_STATION_MS: '20000',
  });
  await world.open(20);
  try {
    const cook = await world.dish(
      { name: 'Chop', station: 'PREP', targetCelsius: null, durationSeconds: 60 },
      { name: 'Bake', station: 'OVEN', targetCelsius: 240, durationSeconds: 240 },
    );
    const fry = await world.dish(
      { name: 'Fry', station: 'FRYER', targetCelsius: 180, durationSeconds: 180 },
      { name: 'Plate', station: 'PREP', targetCelsius: null, durationSeconds: 30 },
    );
    const orders = Array.from({ length: ORDERS }, () => world.order(cook, fry));
    const started = performance.now();
    await Promise.all(orders.map(({ placed, captured }) => world.publish(placed, captured)));
    const ready = () => world.heard.filter(({ name }) => name === 'kitchen.order-ready.v1').length;
    await eventually(() => ready() >= ORDERS, 50_000);
    const seconds = (performance.now() - started) / 1_000;
    const perMinute = Math.round((ORDERS / seconds) * 60);
    process.stdout.write(`${ORDERS} orders in ${seconds.toFixed(1)} s: ${perMinute} orders/min\n`);
    expect(new Set(world.heard.map(({ subject, name }) => `${subject} ${name}`)).size).toBe(world.heard.length);
  } finally {
    await world.close();
  }
});
