import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor, Service } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { ask, guest, startForTest, testEnvironment, withRole } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { SEATS, nextOrder } from '../src/dining-room/next-order.ts';
import { platform } from '../src/index.ts';
import { ApiStand } from './api-stand.ts';

interface Room {
  open: boolean;
  ordersPerMinute: number;
  seed: number;
  ordersPlaced: number;
  ordersRefused: number;
  openedAt: string | null;
}
const FIELDS = 'open ordersPerMinute seed ordersPlaced ordersRefused openedAt';
const SET = `mutation($input: SetDiningRoomInput!) { setDiningRoom(input: $input) { diningRoom { ${FIELDS} } } }`;
const manager = withRole(uuidv7(), 'MANAGER');
const staff = withRole(uuidv7(), 'STAFF');

describe('the dining room', () => {
  let api: ApiStand;
  let env: ReturnType<typeof testEnvironment>;
  const services: Service[] = [];

  beforeEach(async () => {
    api = await ApiStand.open();
    env = testEnvironment('platform', { ROUTER_URL: api.url });
  });
  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.stop()));
    await api.close();
  });

  const start = async (more: Record<string, string | undefined> = {}): Promise<Service> => {
    const service = await startForTest(platform, { ...env, ...more }, 1);
    services.push(service);
    return service;
  };
  const stop = async (service: Service) => {
    services.splice(services.indexOf(service), 1);
    await service.stop();
  };
  const set = async (service: Service, input: object, actor: Actor = manager) => {
    const { data, errors } = await ask<{ setDiningRoom: { diningRoom: Room } }>(service, env, actor, SET, { input });
    return { room: data?.setDiningRoom?.diningRoom, code: errors[0]?.extensions.code };
  };
  const read = async (service: Service): Promise<Room> => {
    const { data } = await ask<{ diningRoom: Room }>(service, env, staff, `{ diningRoom { ${FIELDS} } }`);
    if (!data) throw new Error('the room was not told');
    return data.diningRoom;
  };
  const placed = (count: number) => eventually(() => api.placed.length >= count);
  const stepsOf = (orders: ApiStand['placed']) =>
    orders.map(({ idempotencyKey }) => Number(idempotencyKey.split(':').at(-1)));
  const counted = (count: number) => Array.from({ length: count }, (_, step) => step);

  test('is closed at first; managers open and close it, nobody else', async () => {
    const service = await start();
    expect(await read(service)).toEqual({
      open: false,
      ordersPerMinute: 12,
      seed: 1,
      ordersPlaced: 0,
      ordersRefused: 0,
      openedAt: null,
    });
    expect((await set(service, { open: true }, staff)).code).toBe('FORBIDDEN');
    const asked = await ask(service, env, guest(uuidv7()), `{ diningRoom { ${FIELDS} } }`);
    expect(asked.errors[0]?.extensions.code).toBe('FORBIDDEN');
    for (const ordersPerMinute of [0, 241]) {
      expect((await set(service, { open: true, ordersPerMinute })).code).toBe('BAD_USER_INPUT');
    }
    const { room } = await set(service, { open: true, ordersPerMinute: 30, seed: 4 });
    expect(room).toMatchObject({ open: true, ordersPerMinute: 30, seed: 4, openedAt: expect.any(String) });
    expect((await set(service, { open: true })).room).toEqual({ ...room, ordersPlaced: expect.any(Number) });
    expect((await set(service, { open: false })).room).toMatchObject({
      open: false,
      ordersPerMinute: 30,
      openedAt: null,
    });
  });

  test('can not be opened by who does not know the router', async () => {
    const service = await start({ ROUTER_URL: undefined });
    expect((await set(service, { open: true })).code).toBe('DINING_ROOM_UNAVAILABLE');
    expect((await set(service, { open: false })).room?.open).toBe(false);
    await expect(platform.start({ ...env, ROUTER_URL: undefined, DINING_ROOM: '12' })).rejects.toThrow('ROUTER_URL');
  });

  test('its guests order what the seed says, each by an account of their own, until it is closed', async () => {
    const service = await start();
    await set(service, { open: true, ordersPerMinute: 240, seed: 7 });
    await placed(12);
    await set(service, { open: false });
    const { ordersPlaced } = await eventually(async () => {
      const room = await read(service);
      return room.ordersPlaced === api.placed.length ? room : undefined;
    });
    const orders = api.placed.slice(0, ordersPlaced);
    expect(stepsOf(orders)).toEqual(counted(ordersPlaced));
    expect(orders.map(({ lines }) => lines)).toEqual(
      counted(ordersPlaced).map((step) => nextOrder({ seed: 7, step }, api.menu)?.lines),
    );
    const seats = counted(ordersPlaced).map((step) => nextOrder({ seed: 7, step }, api.menu)?.seat);
    expect(new Set(orders.map(({ email }, index) => `${email} ${seats[index]}`)).size).toBe(new Set(seats).size);
    expect(api.accounts).toBe(new Set(seats).size);
    expect(api.asked.DiningRoomRegister).toBe(api.accounts);
    // Opened again, it begins to count anew.
    expect((await set(service, { open: true, ordersPerMinute: 1 })).room).toMatchObject({ ordersPlaced: 0 });
    expect(api.placed).toHaveLength(ordersPlaced);
  });

  test('a session that expires goes on; what is refused is counted, and does not end it', async () => {
    const service = await start({ DINING_ROOM: '240' });
    await placed(3);
    api.expireAccess();
    await placed(6);
    expect(api.asked.DiningRoomRefresh).toBeGreaterThan(0);
    api.refusal = 'DISH_UNAVAILABLE';
    await eventually(async () => (await read(service)).ordersRefused >= 2);
    api.refusal = undefined;
    const before = api.placed.length;
    await placed(before + 2);
    expect(api.accounts).toBeLessThanOrEqual(SEATS);
    expect(await read(service)).toMatchObject({ open: true, ordersPerMinute: 240 });
  });

  test('while the router is away the next order waits; none is doubled, whatever answer was lost', async () => {
    const service = await start({ DINING_ROOM: '240' });
    await placed(2);
    // The order arrives, its answer does not.
    api.onPlaced = () => {
      api.isAway = true;
      api.onPlaced = () => {};
      throw new Error('cut');
    };
    await eventually(() => api.isAway);
    const [atLeast, asked] = [api.placed.length, api.asked.DiningRoomMenu ?? 0];
    const attempts = () => Object.values(api.asked).reduce((sum, count) => sum + count, 0);
    const sofar = attempts();
    await eventually(() => attempts() > sofar + 1);
    expect(api.placed).toHaveLength(atLeast);
    expect(asked).toBeGreaterThan(0);
    api.isAway = false;
    await placed(atLeast + 2);
    expect(stepsOf(api.placed)).toEqual(counted(api.placed.length));
    expect((await read(service)).ordersRefused).toBe(0);
  });

  test('it is still open after a restart, with the same guests, and goes on where it was', async () => {
    const first = await start({ DINING_ROOM: '240' });
    await placed(8);
    await stop(first);
    const [before, accounts] = [api.placed.length, api.accounts];
    const second = await start();
    expect(await read(second)).toMatchObject({ open: true, ordersPerMinute: 240 });
    await placed(before + 4);
    expect(stepsOf(api.placed)).toEqual(counted(api.placed.length));
    expect(api.asked.DiningRoomLogin).toBeGreaterThan(0);
    const newcomers = new Set(api.placed.slice(before).map(({ email }) => email));
    for (const { email } of api.placed.slice(0, before)) newcomers.delete(email);
    expect(api.accounts).toBe(accounts + newcomers.size);
  });

  test('of two instances one runs it, and the other takes over', async () => {
    const [one, other] = [await start(), await start()];
    await set(other, { open: true, ordersPerMinute: 240 });
    await placed(6);
    expect(api.sent).toHaveLength(api.placed.length);
    await stop(one);
    await placed(api.placed.length + 3);
    const survivor = await start();
    await stop(other);
    await placed(api.placed.length + 3);
    expect(stepsOf(api.placed)).toEqual(counted(api.placed.length));
    await set(survivor, { open: false });
    expect((await read(survivor)).open).toBe(false);
  });
});
