import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deviceExamples, paymentDeclined, stockRejected, type DeviceEvent, type RecipeStep } from '@brigade/schema';
import { createMessage } from '@brigade/service-kit';
import { kitchenDevice } from '@brigade/kitchen-device';
import { ConsumerStatus } from 'rabbitmq-client';
import { startInstances } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { kitchen } from '../src/index.ts';
import { KitchenWorld, guest } from './kitchen-world.ts';

const bake: RecipeStep = { name: 'Bake', station: 'OVEN', targetCelsius: 240, durationSeconds: 120 };
const plate: RecipeStep = { name: 'Plate', station: 'PREP', targetCelsius: null, durationSeconds: 30 };
const roast: RecipeStep = { ...bake, name: 'Roast', durationSeconds: 6_000 };
const fry: RecipeStep = { name: 'Fry', station: 'FRYER', targetCelsius: 180, durationSeconds: 60 };

const STARTED = 'kitchen.cooking-started.v1';
const READY = 'kitchen.order-ready.v1';
const FAILED = 'kitchen.cooking-failed.v1';

describe('the kitchen and its devices', () => {
  let world: KitchenWorld;
  beforeAll(async () => {
    world = await new KitchenWorld().open();
  });
  afterAll(() => world.close());

  test('a paid order is cooked, step by step, to READY, and that is told once', async () => {
    const order = world.order(await world.dish(bake, plate), await world.dish(plate));
    await world.publish(order.placed, order.captured);
    await world.hears(order.orderId, READY);
    expect(world.told(order.orderId)).toEqual([STARTED, READY]);
    const tickets = await world.tickets(order.orderId);
    expect(tickets?.map(({ id }) => id)).toEqual(order.lines.map(({ lineId }) => lineId));
    expect(tickets).toMatchObject([
      { status: 'READY', attempts: 0, step: null, station: { id: expect.stringContaining('prep-') } },
      { status: 'READY' },
    ]);
    await eventually(async () => (await world.stations()).every(({ busy }) => busy === 0));
  });

  test('nothing is cooked before the capture', async () => {
    const dish = await world.dish(plate);
    const unpaid = world.order(dish);
    const paid = world.order(dish);
    await world.publish(unpaid.placed, paid.placed, paid.captured);
    await world.hears(paid.orderId, READY);
    expect(await world.tickets(unpaid.orderId)).toMatchObject([{ status: 'WAITING', station: null }]);
    expect(world.told(unpaid.orderId)).toEqual([]);
    await world.publish(unpaid.captured);
    await world.hears(unpaid.orderId, READY);
  });

  test('captured before placed, and each message twice: cooked once', async () => {
    const order = world.order(await world.dish(plate));
    await world.publish(order.captured, order.captured, order.placed, order.placed);
    await world.hears(order.orderId, READY);
    await world.publish(order.placed, order.captured);
    const other = world.order(order.lines[0]!.dishId);
    await world.publish(other.placed, other.captured);
    await world.hears(other.orderId, READY);
    expect(world.told(order.orderId)).toEqual([STARTED, READY]);
  });

  test('a cancelled order is taken off the station', async () => {
    const order = world.order(await world.dish(roast));
    await world.publish(order.placed, order.captured);
    const [ticket] = await world.stand(order.orderId, 'COOKING');
    await world.publish(order.cancelled);
    await world.stand(order.orderId, 'CANCELLED');
    const station = ticket?.station?.id;
    // Long before it would have been done by itself.
    await eventually(async () => (await world.stations()).find(({ id }) => id === station)?.busy === 0, 5_000);
    await eventually(async () => {
      const query = 'query ($id: ID!) { station(id: $id) { telemetry { jobs { jobId } } } }';
      const reading = await world.ask<{ station: { telemetry: { jobs: unknown[] } } }>(query, { id: station });
      return reading.station.telemetry.jobs.length === 0;
    });
    expect(world.told(order.orderId)).toEqual([STARTED]);
  });

  test('a capture that comes after the cancellation starts nothing', async () => {
    const order = world.order(await world.dish(plate));
    const after = world.order(order.lines[0]!.dishId);
    await world.publish(order.cancelled, order.captured, order.placed, after.placed, after.captured);
    await world.hears(after.orderId, READY);
    expect(world.told(order.orderId)).toEqual([]);
    expect(await world.tickets(order.orderId)).toEqual([]);
  });

  test('an order that will never be paid does not wait for ever', async () => {
    const dish = await world.dish(plate);
    for (const [definition, payload] of [
      [paymentDeclined, paymentDeclined.example],
      [stockRejected, stockRejected.example],
    ] as const) {
      const order = world.order(dish);
      await world.publish(order.placed);
      await world.stand(order.orderId, 'WAITING');
      await world.publish(createMessage<unknown>(definition, order.orderId, { ...payload, orderId: order.orderId }));
      await world.stand(order.orderId, 'CANCELLED');
      expect(world.told(order.orderId)).toEqual([]);
    }
  });

  test('when its station breaks, a step goes to another one', async () => {
    const order = world.order(await world.dish({ ...bake, durationSeconds: 1_800 }));
    await world.publish(order.placed, order.captured);
    const [before] = await world.stand(order.orderId, 'COOKING');
    const broken = before?.station?.id ?? '';
    await world.injectFault(broken, 'HEATER_DEAD');
    await eventually(async () => {
      const station = (await world.stations()).find(({ id }) => id === broken);
      return station?.status === 'FAULTY' && station.faults.includes('HEATER_DEAD');
    });
    await world.hears(order.orderId, READY);
    const [after] = (await world.tickets(order.orderId)) ?? [];
    expect(after?.station?.id).not.toBe(broken);
    expect(world.told(order.orderId)).toEqual([STARTED, READY]);
    await world.injectFault(broken, 'HEATER_DEAD', false);
    await eventually(async () => (await world.stations()).find(({ id }) => id === broken)?.status === 'ONLINE');
  });

  test('when every station of a kind is down, the order fails and its other tickets stop', async () => {
    const fryers = (await world.stations()).filter(({ kind }) => kind === 'FRYER').map(({ id }) => id);
    for (const id of fryers) await world.injectFault(id, 'POWER_LOSS');
    await eventually(async () =>
      (await world.stations()).filter(({ kind }) => kind === 'FRYER').every(({ status }) => status !== 'ONLINE'),
    );
    const order = world.order(await world.dish(fry), await world.dish(roast));
    await world.publish(order.placed, order.captured);
    const { reason } = await world.hears(order.orderId, FAILED);
    expect(reason).toContain('NO_STATION');
    await world.stand(order.orderId, 'CANCELLED', 'CANCELLED');
    for (const id of fryers) await world.injectFault(id, 'POWER_LOSS', false);
    await eventually(async () => (await world.stations()).every(({ status }) => status === 'ONLINE'));
    await eventually(async () => (await world.stations()).every(({ busy }) => busy === 0));
  });

  test('slow firmware: commands are sent again, and cooked once', async () => {
    const order = world.order(await world.dish(fry, fry));
    for (const id of ['fryer-1', 'fryer-2']) await world.injectFault(id, 'SLOW_FIRMWARE');
    await world.publish(order.placed, order.captured);
    await world.hears(order.orderId, READY);
    expect(world.told(order.orderId)).toEqual([STARTED, READY]);
    for (const id of ['fryer-1', 'fryer-2']) await world.injectFault(id, 'SLOW_FIRMWARE', false);
  });

  test('a dish that neither message nor menu knows is tried again until the menu answers', async () => {
    const dishId = crypto.randomUUID();
    const order = world.order(dishId);
    await world.publish(order.placed, order.captured);
    await eventually(async () => (await world.tickets(order.orderId))?.[0]?.status === 'WAITING');
    expect(world.told(order.orderId)).toEqual([]);
  });

  test('after the device process restarts, what it forgot is cooked again', async () => {
    const order = world.order(await world.dish({ ...bake, durationSeconds: 1_500 }));
    await world.publish(order.placed, order.captured);
    await world.stand(order.orderId, 'COOKING');
    await world.devices.stop();
    world.devices = await kitchenDevice.start(world.env);
    await world.hears(order.orderId, READY);
    expect(world.told(order.orderId)).toEqual([STARTED, READY]);
  });

  test('a device that does not answer loses its step; it is cooked once its job is known to be lost', async () => {
    await world.devices.stop();
    const order = world.order(await world.dish(plate));
    await world.publish(order.placed, order.captured);
    await world.stand(order.orderId, 'RECALLED');
    world.devices = await kitchenDevice.start(world.env);
    await world.hears(order.orderId, READY);
    await eventually(async () => (await world.stations()).every(({ busy }) => busy === 0));
    expect(world.told(order.orderId)).toEqual([STARTED, READY]);
  });

  test('a device that counts as down and is heard all the same is asked, and works again', async () => {
    const { deviceId, bootId, at } = deviceExamples.event;
    const event: DeviceEvent = {
      deviceId,
      bootId,
      at,
      type: 'COMMAND_REFUSED',
      eventId: crypto.randomUUID(),
      commandId: crypto.randomUUID(),
      jobId: null,
      reason: 'WRONG_DEVICE',
    };
    const { connection } = world.broker;
    const asked: unknown[] = [];
    const commands = connection.createConsumer(
      {
        queueOptions: { exclusive: true, autoDelete: true },
        queueBindings: [{ exchange: world.topology.devices, routingKey: 'command.oven-1' }],
      },
      ({ type }) => void asked.push(type),
    );
    const publisher = connection.createPublisher({ confirm: true });
    try {
      await new Promise<void>((resolve) => {
        commands.once('ready', resolve);
      });
      await publisher.send({ exchange: world.topology.devices, routingKey: 'event.oven-1' }, event);
      await eventually(() => asked.includes('REPORT'));
      await eventually(async () => (await world.stations()).find(({ id }) => id === 'oven-1')?.status === 'ONLINE');
    } finally {
      await publisher.close();
      await commands.close();
    }
  });

  test('while no device process runs, orders wait; devices that are silent are OFFLINE and come back', async () => {
    await world.devices.stop();
    await eventually(async () => (await world.stations()).every(({ status }) => status === 'OFFLINE'));
    world.devices = await kitchenDevice.start(world.env);
    await eventually(async () => (await world.stations()).every(({ status }) => status === 'ONLINE'));
    const order = world.order(await world.dish(plate));
    await world.publish(order.placed, order.captured);
    await world.hears(order.orderId, READY);
  });

  test('the kitchen restarts while something cooks, and goes on', async () => {
    const order = world.order(await world.dish({ ...bake, durationSeconds: 900 }, plate));
    await world.publish(order.placed, order.captured);
    await world.stand(order.orderId, 'COOKING');
    await world.kitchen.stop();
    world.kitchen = await startInstances(kitchen, world.env);
    await world.hears(order.orderId, READY);
    expect(world.told(order.orderId)).toEqual([STARTED, READY]);
    expect((await world.tickets(order.orderId))?.[0]?.attempts).toBe(0);
  });

  test('no command is given up while a device may have answered it and was not heard yet', async () => {
    const order = world.order(await world.dish({ ...bake, durationSeconds: 900 }));
    await world.publish(order.placed, order.captured);
    await world.stand(order.orderId, 'COOKING');
    await world.kitchen.stop();
    const { kitchenQueue, devices } = world.topology;
    await eventually(async () => (await world.broker.depth(kitchenQueue.queue)) > 0); // the food is done
    // As a kitchen leaves it that called the job back as often as it may, and died before it heard anything.
    const recalled = await world.sql(
      `with gone as (update tickets set status = 'RECALLED' where order_id = $1 returning device_id, job_id)
       insert into device_commands (command_id, device_id, job_id, type, body, tries, next_send_at)
       select c.id, device_id, job_id, 'STOP_JOB',
         jsonb_build_object('type', 'STOP_JOB', 'commandId', c.id, 'deviceId', device_id, 'jobId', job_id), 99, now()
       from gone, (select gen_random_uuid() as id) c returning job_id`,
      [order.orderId],
    );
    expect(recalled).toHaveLength(1);
    const { connection } = world.broker;
    const begun: unknown[] = [];
    const commands = connection.createConsumer(
      {
        queueOptions: { exclusive: true, autoDelete: true },
        queueBindings: [{ exchange: devices, routingKey: 'command.*' }],
      },
      ({ type, body }) => void (type === 'START_JOB' && begun.push(body)),
    );
    // Another kitchen, which is the one that hears the devices, and stands still.
    const marks: unknown[] = [];
    let thaw = () => {};
    const thawed = new Promise<void>((resolve) => (thaw = resolve));
    const frozen = connection.createConsumer(
      { queue: kitchenQueue.queue, queueOptions: kitchenQueue, qos: { prefetchCount: 1_000 }, requeue: true },
      async ({ type, messageId }) => {
        if (type === 'kitchen.mark') marks.push(messageId);
        await thawed;
        return ConsumerStatus.REQUEUE;
      },
    );
    try {
      await Promise.all([commands, frozen].map((consumer) => once(consumer, 'ready')));
      world.kitchen = await startInstances(kitchen, world.env);
      await eventually(() => marks.length >= 3); // it has looked three times
      expect(begun).toEqual([]);
      // It ends: what it had and did not take goes to the other.
      const closed = frozen.close();
      thaw();
      await closed;
      await world.hears(order.orderId, READY);
      expect(begun).toEqual([]);
    } finally {
      await commands.close();
    }
  });

  test('twenty orders on two kitchens: every one is ready once, no station beyond its slots', async () => {
    const second = await kitchen.start(world.env);
    const dishes = [await world.dish(bake, plate), await world.dish(fry, plate)];
    const orders = Array.from({ length: 20 }, () => world.order(...dishes));
    await Promise.all(orders.map(({ placed, captured }) => world.publish(placed, captured)));
    await eventually(async () => {
      expect((await world.stations()).filter(({ busy, capacity }) => busy > capacity)).toEqual([]);
      return orders.every(({ orderId }) => world.told(orderId).includes(READY));
    }, 40_000);
    for (const { orderId } of orders) expect(world.told(orderId)).toEqual([STARTED, READY]);
    await second.stop();
  });

  test('tickets are for the customer and the staff, stations for the staff, faults for managers', async () => {
    const order = world.order(await world.dish(plate));
    await world.publish(order.placed);
    await world.stand(order.orderId, 'WAITING');
    expect(await world.tickets(order.orderId, guest(order.customerId))).toHaveLength(1);
    expect(await world.tickets(order.orderId, guest(crypto.randomUUID()))).toBeNull();
    const me = guest(order.customerId);
    expect(await world.ask('{ stations { id } }', {}, me)).toBeNull();
    expect(
      await world.ask('mutation { injectFault(stationId: "oven-1", fault: OVERHEAT, active: true) { id } }', {}, me),
    ).toBeNull();
    const spoilt = await world.ask<{ _entities: unknown[] }>(
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { tickets { status } } } }',
      { r: ['nonsense', order.orderId].map((id) => ({ __typename: 'Order', id })) },
    );
    expect(spoilt).toEqual({ _entities: [{ tickets: null }, { tickets: [{ status: 'WAITING' }] }] });
    const { tickets } = await world.ask<{ tickets: { edges: unknown[]; pageInfo: { hasNextPage: boolean } } }>(
      '{ tickets(first: 3, status: READY) { edges { node { id } } pageInfo { hasNextPage endCursor } } }',
    );
    expect(tickets.edges).toHaveLength(3);
    expect(tickets.pageInfo.hasNextPage).toBe(true);
  });
});
