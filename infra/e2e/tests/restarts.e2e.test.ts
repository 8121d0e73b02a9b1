import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import { BreakableRestaurant, SUBGRAPH_TIMEOUT_MS } from '../src/degradation/breakable-restaurant.ts';
import type { Outage } from '../src/degradation/expectations.ts';
import { Guest } from '../src/guest.ts';
import { subgraphs, type Restaurant, type SubgraphName } from '../src/restaurant.ts';

const UNAVAILABLE = 'SUBGRAPH_UNAVAILABLE';
const ORDER = `query($id: ID!) { order(id: $id) {
  id status total { amountMinor } lines { name dish { name } } payment { status } tickets { status } } }`;
interface Read {
  order: {
    lines: { name: string; dish: { name: string } | null }[];
    payment: { status: string } | null;
    tickets: { status: string }[] | null;
  } | null;
}

describe('degradation: starts and frozen processes', () => {
  let world: BreakableRestaurant;
  let restaurant: Restaurant;
  let guest: Guest;
  let dishId: string;
  let readyOrder: string;

  beforeAll(async () => {
    world = await BreakableRestaurant.open();
    restaurant = world.restaurant;
    guest = await Guest.login(restaurant, 'guest@brigade.test');
    dishId = (await guest.menu()).find(({ name }) => name.startsWith('Green salad'))?.id ?? '';
    readyOrder = await guest.order([{ dishId, quantity: 1 }]);
    await guest.until(readyOrder, 'READY');
  });
  afterAll(() => world.close());

  test.each<Outage>(['broker', 'redis'])(
    'every subgraph starts without %s, answers and takes orders, and goes on when it is back',
    async (server) => {
      await world.breakDown(server);
      let id: string;
      try {
        await Promise.all(subgraphs.map((name) => restaurant.stop(name, 'SIGKILL')));
        await Promise.all(subgraphs.map((name) => restaurant.start(name)));
        // A subgraph that has just started is degraded until it consumes.
        const expected = subgraphs.map((name) => [name, stands(name, server)]);
        let standing: string[][] = [];
        await eventually(async () => {
          standing = await Promise.all(subgraphs.map(async (name) => [name, await status(name)]));
          return isDeepStrictEqual(standing, expected);
        }).catch(() => undefined);
        expect(standing).toEqual(expected);
        // On a busy machine the first answers of a new process may take longer than the router waits for them.
        await eventually(async () => (await guest.menu()).length > 20);
        const { data, errors } = await guest.ask<Read>(ORDER, { id: readyOrder });
        expect(errors).toEqual([]);
        expect(data?.order?.tickets).toEqual([{ status: 'READY' }]);
        id = await guest.order([{ dishId, quantity: 1 }]);
      } finally {
        await world.mend(server);
      }
      await guest.until(id, 'READY');
    },
  );

  const status = async (name: string): Promise<string> => {
    const answer = await fetch(`${restaurant.address(name)}/health/ready`);
    return ((await answer.json()) as { status: string }).status;
  };
  /** Everyone speaks through the broker; Redis keeps the caches of some, and what identity tells the router. */
  const stands = (name: SubgraphName, server: Outage): string =>
    server === 'broker' || ['identity', 'menu', 'inventory', 'kitchen'].includes(name) ? 'degraded' : 'ready';

  test.each<[SubgraphName, (order: NonNullable<Read['order']>) => unknown]>([
    ['payments', ({ payment }) => payment],
    ['kitchen', ({ tickets }) => tickets],
    ['menu', ({ lines }) => lines[0]?.dish],
  ])('%s is frozen: it costs its own fields, and the rest comes within the deadline', async (name, fieldOf) => {
    restaurant.signal(name, 'SIGSTOP');
    try {
      const asked = performance.now();
      const { data, errors } = await guest.ask<Read>(ORDER, { id: readyOrder });
      const took = performance.now() - asked;
      expect(took).toBeLessThan(SUBGRAPH_TIMEOUT_MS + 1_500);
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set([UNAVAILABLE]));
      const order = data?.order;
      if (!order) throw new Error('the order itself is missing');
      expect(fieldOf(order)).toBeNull();
      const present = [order.payment, order.tickets, order.lines[0]?.dish].filter((part) => part != null);
      expect(present).toHaveLength(2);
    } finally {
      restaurant.signal(name, 'SIGCONT');
    }
    await restaurant.whole([name]);
    expect((await guest.ask<Read>(ORDER, { id: readyOrder })).errors).toEqual([]);
  });

  test('the router starts with subgraphs down: what is there answers, a token that nobody can check is not refused', async () => {
    await Promise.all((['identity', 'payments', 'kitchen'] as const).map((name) => restaurant.stop(name, 'SIGKILL')));
    expect(await restaurant.stop('router')).toBe(0);
    await restaurant.start('router');
    expect((await Guest.nobody(restaurant).menu()).length).toBeGreaterThan(20);
    const { status: code, errors } = await guest.ask<Read>(ORDER, { id: readyOrder });
    expect([code, errors[0]?.extensions.code]).toEqual([503, UNAVAILABLE]);
    await restaurant.start('identity');
    const { data } = await guest.ask<Read>(ORDER, { id: readyOrder });
    expect(data?.order).toMatchObject({ payment: null, tickets: null });
    await Promise.all((['payments', 'kitchen'] as const).map((name) => restaurant.start(name)));
    expect((await guest.ask<Read>(ORDER, { id: readyOrder })).errors).toEqual([]);
  });
});
