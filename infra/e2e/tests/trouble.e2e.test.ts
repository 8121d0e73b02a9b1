import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Guest, type Dish } from '../src/guest.ts';
import { Restaurant } from '../src/restaurant.ts';

interface StationData {
  id: string;
  kind: string;
}

describe('an order in trouble', () => {
  let restaurant: Restaurant;
  let guest: Guest;
  let manager: Guest;
  let dishes: Dish[];
  let stations: StationData[];

  beforeAll(async () => {
    restaurant = await Restaurant.open({ KITCHEN_NO_STATION_MS: '2000' });
    guest = await Guest.register(restaurant);
    manager = await Guest.login(restaurant, 'manager@brigade.test');
    dishes = (await guest.menu()).filter(({ availablePortions }) => (availablePortions ?? 0) > 100);
    const { data } = await manager.ask<{ stations: StationData[] }>('{ stations { id kind } }');
    stations = data?.stations ?? [];
  });
  afterAll(() => restaurant.close());

  const fault = (stationId: string, active: boolean) =>
    manager.ask(
      'mutation($stationId: ID!, $active: Boolean!) { injectFault(stationId: $stationId, fault: POWER_LOSS, active: $active) { __typename } }',
      { stationId, active },
    );
  const cooking = async () => {
    const id = await guest.order([{ dishId: dishes[0]?.id ?? '', quantity: 1 }]);
    const order = await guest.until(
      id,
      ({ status, tickets }) => status === 'COOKING' && tickets?.[0]?.status === 'COOKING',
    );
    return { id, stationId: order.tickets?.[0]?.station?.id ?? '' };
  };

  test('a device dies while cooking: the ticket goes to another station and becomes ready', async () => {
    const { id, stationId } = await cooking();
    expect((await fault(stationId, true)).errors).toEqual([]);
    const order = await guest.until(id, 'READY');
    expect(order.payment?.status).toBe('CAPTURED');
    await fault(stationId, false);
  });

  test('every device of the kind dies: the order fails, the money goes back and the stock is free', async () => {
    const { id, stationId } = await cooking();
    const kind = stations.find((station) => station.id === stationId)?.kind;
    const same = stations.filter((station) => station.kind === kind);
    await Promise.all(same.map((station) => fault(station.id, true)));
    const order = await guest.until(
      id,
      ({ status, payment, timeline }) =>
        status === 'FAILED' &&
        payment?.status === 'REFUNDED' &&
        (timeline ?? []).some(({ name }) => name === 'StockReleased'),
    );
    expect(order.timeline?.map(({ name }) => name)).toContain('CookingFailed');
    const logged = restaurant.log('host').split('\n');
    expect(logged.find((line) => line.includes(id) && line.includes('NO_STATION'))).toContain('cannot be cooked');
    await Promise.all(same.map((station) => fault(station.id, false)));
  });

  test('every subgraph is killed in the middle of orders and started again: they go on and become ready', async () => {
    const ids = await Promise.all(dishes.slice(0, 6).map(({ id }) => guest.order([{ dishId: id, quantity: 1 }])));
    await restaurant.stop('host', 'SIGKILL');
    const dead = await guest.readOrder(ids[0] ?? '');
    expect(dead.errors[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    await restaurant.start('host');
    for (const id of ids) expect((await guest.until(id, 'READY')).payment?.status).toBe('CAPTURED');
  });

  test('the kitchen device is killed while it cooks and started again: the order is cooked', async () => {
    const { id } = await cooking();
    await restaurant.stop('device', 'SIGKILL');
    await restaurant.start('device');
    await guest.until(id, 'READY');
  });

  test('SIGTERM: everything ends with exit code 0, and what was accepted goes on after the next start', async () => {
    const id = await guest.order([{ dishId: dishes[1]?.id ?? '', quantity: 1 }]);
    expect(await restaurant.stop('host')).toBe(0);
    expect(await restaurant.stop('router')).toBe(0);
    expect(await restaurant.stop('device')).toBe(0);
    expect(await restaurant.stop('provider')).toBe(0);
    await Promise.all((['provider', 'device', 'host', 'router'] as const).map((name) => restaurant.start(name)));
    await guest.until(id, 'READY');
  });

  test('the read models built anew from the events are identical', async () => {
    expect(await restaurant.command('orders', 'rebuild')).toMatch(/rebuilt \d+ orders .*identical to/);
  });
});
