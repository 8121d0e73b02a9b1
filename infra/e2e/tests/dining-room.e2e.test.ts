import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import { Guest } from '../src/guest.ts';
import { Restaurant } from '../src/restaurant.ts';

interface Room {
  open: boolean;
  ordersPlaced: number;
  ordersRefused: number;
}
interface Listed {
  orders: { edges: { node: { id: string; status: string; customer: { id: string; email: string } | null } }[] };
}
interface Mapped {
  systemMap: {
    nodes: { id: string; health: string; reason: string | null }[];
    edges: { id: string; perSecond: number; errorsPerSecond: number }[];
  };
}
const ROOM = '{ diningRoom { open ordersPlaced ordersRefused } }';
const SET = `mutation($input: SetDiningRoomInput!) { setDiningRoom(input: $input) { diningRoom { open } } }`;
const ORDERS = '{ orders(first: 100) { edges { node { id status customer { id email } } } } }';
const MAP = '{ systemMap { nodes { id health reason } edges { id perSecond errorsPerSecond } } }';

describe('virtual guests in a whole restaurant', () => {
  let restaurant: Restaurant;
  let manager: Guest;

  beforeAll(async () => {
    restaurant = await Restaurant.open();
    manager = await Guest.login(restaurant, 'manager@brigade.test');
  });
  afterAll(() => restaurant.close());

  const room = async () => (await manager.ask<{ diningRoom: Room }>(ROOM)).data?.diningRoom;
  const orders = async () => (await manager.ask<Listed>(ORDERS)).data?.orders.edges.map(({ node }) => node) ?? [];
  const set = async (input: object) => {
    expect((await manager.ask(SET, { input })).errors).toEqual([]);
  };

  test('nobody orders unless the room is opened; guests see nothing of it', async () => {
    expect(await room()).toEqual({ open: false, ordersPlaced: 0, ordersRefused: 0 });
    expect(await orders()).toEqual([]);
    const guest = await Guest.register(restaurant);
    for (const query of [ROOM, MAP])
      expect((await guest.ask(query)).errors[0]?.extensions.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('opened, orders of its guests come, are paid and cooked, and the map shows them on their way', async () => {
    await set({ open: true, ordersPerMinute: 40, seed: 3 });
    const placed = await eventually(async () => {
      const found = await orders();
      return found.length >= 10 && found.some(({ status }) => status === 'READY') ? found : undefined;
    }, 90_000);
    for (const { customer } of placed) expect(customer?.email).toMatch(/@dining-room\.test$/);
    const map = await eventually(async () => {
      const { data } = await manager.ask<Mapped>(MAP);
      const rate = (id: string) => data?.systemMap.edges.find((edge) => edge.id === id)?.perSecond ?? 0;
      const busy = [
        'clients>router:REQUESTS',
        'router>orders:REQUESTS',
        'orders>rabbitmq:MESSAGES',
        'rabbitmq>kitchen:MESSAGES',
        'orders>postgres:TRANSACTIONS',
        'payments>payment-provider:REQUESTS',
        'kitchen-device>rabbitmq:TELEMETRY',
        'rabbitmq>kitchen-device:COMMANDS',
      ];
      return busy.every((id) => rate(id) > 0) ? data?.systemMap : undefined;
    }, 60_000);
    expect(map.nodes.filter(({ health }) => !['UP', 'UNKNOWN'].includes(health))).toEqual([]);
    expect(map.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['redis', 'mongo', 'postgres', 'rabbitmq']));
  });

  test('closed, no more come', async () => {
    await set({ open: false });
    // What was on its way is counted once it has arrived.
    const { ordersPlaced } = await eventually(async () => {
      const now = await room();
      return now && now.ordersPlaced === (await orders()).length ? now : undefined;
    });
    const host = restaurant.pidOf('host');
    await restaurant.stop('host', 'SIGKILL');
    await restaurant.start('host');
    expect(restaurant.pidOf('host')).not.toBe(host);
    expect(await eventually(room)).toMatchObject({ open: false, ordersPlaced });
    expect(await orders()).toHaveLength(ordersPlaced);
  });
});
