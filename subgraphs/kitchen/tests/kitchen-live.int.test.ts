import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecipeStep } from '@brigade/schema';
import { clearFailpoints, setFailpoint, signActor, type Actor } from '@brigade/service-kit';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { KitchenWorld, guest, manager } from './kitchen-world.ts';

const plate: RecipeStep = { name: 'Plate', station: 'PREP', targetCelsius: null, durationSeconds: 30 };
const bake: RecipeStep = { name: 'Bake', station: 'OVEN', targetCelsius: 230, durationSeconds: 300 };

describe('what the kitchen shows live, and what it asks the menu', () => {
  let world: KitchenWorld;
  let menu: Server;
  let menuAnswers: (dishId: string) => unknown;
  const asked: string[] = [];

  beforeAll(async () => {
    menu = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const { variables } = JSON.parse(body) as { variables: { id: string } };
        asked.push(variables.id);
        response.setHeader('content-type', 'application/json').end(JSON.stringify(menuAnswers(variables.id)));
      });
    });
    await new Promise<void>((resolve) => {
      menu.listen(0, '127.0.0.1', resolve);
    });
    const { port } = menu.address() as AddressInfo;
    world = await new KitchenWorld({
      MENU_URL: `http://127.0.0.1:${port}/graphql`,
      KITCHEN_CLOCK: '60',
      MESSAGE_ATTEMPTS: '4',
      TELEMETRY_INTERVAL_MS: '50',
    }).open();
  });
  afterAll(async () => {
    await world.close();
    await new Promise((resolve) => {
      menu.close(resolve);
      menu.closeAllConnections();
    });
  });

  const as = async (actor: Actor): Promise<Client> =>
    createClient({
      url: world.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { 'x-brigade-actor': await signActor(actor, world.env.ACTOR_SECRET ?? '') },
    });

  test('a dish that no message told of is looked up in the menu, once', async () => {
    menuAnswers = () => ({ data: { dish: { id: 'x', recipe: { steps: [plate] } } } });
    const dishId = crypto.randomUUID();
    const order = world.order(dishId, dishId);
    await world.publish(order.placed, order.captured);
    await world.hears(order.orderId, 'kitchen.order-ready.v1');
    expect(asked.filter((id) => id === dishId)).toHaveLength(1);
  });

  test('a menu that does not answer is asked again', async () => {
    let outages = 2;
    menuAnswers = () =>
      outages-- > 0 ? { errors: [{ message: 'down' }] } : { data: { dish: { id: 'x', recipe: { steps: [plate] } } } };
    const order = world.order(crypto.randomUUID());
    await world.publish(order.placed, order.captured);
    await world.hears(order.orderId, 'kitchen.order-ready.v1');
  });

  test('a dish that the menu does not have either fails the order', async () => {
    menuAnswers = () => ({ data: { dish: null } });
    const order = world.order(crypto.randomUUID());
    await world.publish(order.placed, order.captured);
    const { reason } = await world.hears(order.orderId, 'kitchen.cooking-failed.v1');
    expect(reason).toContain('UNKNOWN_RECIPE');
  });

  test.each(['orders.order-placed.v1', 'payments.payment-captured.v1'])(
    'an order whose %s the kitchen can not take in fails at once, instead of waiting for its deadline',
    async (message) => {
      setFailpoint('consumer.after-effect', { do: 'fail', message: 'no such column' }, { service: 'kitchen', message });
      try {
        const order = world.order(await world.dish(bake));
        await world.publish(order.placed, order.captured);
        const { reason } = await world.hears(order.orderId, 'kitchen.cooking-failed.v1');
        expect(reason).toContain('KITCHEN_ERROR');
      } finally {
        clearFailpoints();
      }
    },
  );

  test('a guest sees each change of their tickets, and nobody else does', async () => {
    const order = world.order(await world.dish(bake, plate));
    await world.publish(order.placed);
    await world.stand(order.orderId, 'WAITING');
    const query = `subscription { ticketChanged(orderId: "${order.orderId}") { id status step { index count } station { id } } }`;
    const mine = await as(guest(order.customerId));
    const seen: { status: string; station: { id: string } | null }[] = [];
    const subscribed = (async () => {
      for await (const { data } of mine.iterate<{ ticketChanged: (typeof seen)[number] }>({ query })) {
        if (data) seen.push(data.ticketChanged);
        if (data?.ticketChanged.status === 'READY') return;
      }
    })();
    const other = await as(guest(crypto.randomUUID()));
    const refusal = await other.iterate({ query }).next();
    expect(refusal.value).toMatchObject({ errors: [{ message: expect.stringContaining('There is no order') }] });
    await other.dispose();
    await world.publish(order.captured);
    await subscribed;
    await mine.dispose();
    // The first ones may have come before the subscription stood.
    expect(['QUEUED', 'COMMANDED', 'COOKING', 'QUEUED', 'COMMANDED', 'COOKING', 'READY'].join()).toContain(
      seen.map(({ status }) => status).join(),
    );
    expect(seen.find(({ status }) => status === 'COOKING')?.station?.id).toMatch(/^(oven|prep)-/);
  });

  test('staff see a station live, ten readings a second at most', async () => {
    const order = world.order(await world.dish({ ...bake, durationSeconds: 3_000 }));
    await world.publish(order.placed, order.captured);
    const [ticket] = await world.stand(order.orderId, 'COOKING');
    const staff = await as(manager);
    const query = `subscription { stationTelemetry(stationId: "${ticket?.station?.id}") {
      stationId at temperature setPoint power doorOpen faults jobs { doneness } } }`;
    interface Reading {
      at: string;
      temperature: number;
      jobs: { doneness: number }[];
    }
    const readings: Reading[] = [];
    const started = performance.now();
    for await (const { data } of staff.iterate<{ stationTelemetry: Reading }>({ query })) {
      if (data) readings.push(data.stationTelemetry);
      if (readings.length === 16) break;
    }
    expect(performance.now() - started).toBeGreaterThan(1_000);
    expect(readings.at(-1)?.temperature).toBeGreaterThan(150);
    const doneness = readings.map(({ jobs }) => jobs[0]?.doneness ?? 0);
    expect(doneness).toEqual(doneness.toSorted((a, b) => a - b));
    await staff.dispose();
    await world.publish(order.cancelled);
    await world.stand(order.orderId, 'CANCELLED');
  });

  test('staff see the whole kitchen on one stream: each time the stations with something new', async () => {
    const staff = await as(manager);
    const expected = (await world.stations()).length;
    const seen = new Map<string, number>();
    for await (const { data } of staff.iterate<{ kitchenTelemetry: { stationId: string; at: string }[] }>({
      query: 'subscription { kitchenTelemetry { stationId at } }',
    })) {
      const readings = data?.kitchenTelemetry ?? [];
      expect(readings.length).toBeGreaterThan(0);
      expect(new Set(readings.map(({ stationId }) => stationId)).size).toBe(readings.length);
      for (const { stationId, at } of readings) {
        expect(Date.parse(at)).toBeGreaterThanOrEqual(seen.get(stationId) ?? 0);
        seen.set(stationId, Date.parse(at));
      }
      if (seen.size === expected) break;
    }
    await staff.dispose();
  });

  test('a kitchen that has just started knows the last readings from Redis', async () => {
    await world.devices.stop();
    await eventually(async () => (await world.stations())[0]?.temperature);
    await world.kitchen.stop();
    const { kitchen } = await import('../src/index.ts');
    world.kitchen = await kitchen.start(world.env);
    expect((await world.stations()).every(({ temperature }) => typeof temperature === 'number')).toBe(true);
    const { kitchenDevice } = await import('@brigade/kitchen-device');
    world.devices = await kitchenDevice.start(world.env);
  });
});
