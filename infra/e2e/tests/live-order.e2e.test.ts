import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Guest } from '../src/guest.ts';
import { Restaurant } from '../src/restaurant.ts';
import { Watcher } from '../src/watcher.ts';

interface Change {
  orderUpdated: {
    version: number;
    status: string;
    cursor: string;
    timeline: { name: string }[];
    lines: { dish: { name: string } | null }[];
  };
}

const UPDATED = `subscription Updated($id: ID!, $after: String) {
  orderUpdated(id: $id, after: $after) { version status cursor timeline { name } lines { dish { name } } } }`;
const CURSOR = 'query Cursor($id: ID!) { order(id: $id) { version cursor } }';

describe('an order is followed live through the router', () => {
  let restaurant: Restaurant;
  let guest: Guest;
  let dishId: string;
  const watchers: Watcher<unknown>[] = [];

  beforeAll(async () => {
    // Slow enough to be interrupted in the middle.
    restaurant = await Restaurant.open({ KITCHEN_CLOCK: '10' }, { split: true });
    guest = await Guest.register(restaurant);
    dishId = (await guest.menu()).find(({ name }) => name.startsWith('Green salad'))?.id ?? '';
  });
  afterAll(async () => {
    for (const watcher of watchers) await watcher.close();
    await restaurant.close();
  });

  const follow = (id: string, after: string | undefined) => {
    const watcher = new Watcher<Change>(restaurant, guest, UPDATED, { id, ...(after && { after }) });
    watchers.push(watcher);
    return watcher;
  };
  const cursorOf = async (id: string) => {
    const { data } = await guest.ask<{ order: { version: number; cursor: string } }>(CURSOR, { id });
    if (!data) throw new Error(`no order ${id}`);
    return data.order;
  };

  test('given that orders is killed and started again in the middle, every change is seen, once and in order', async () => {
    const id = await guest.order([{ dishId, quantity: 2 }]);
    const first = await cursorOf(id);
    const watcher = follow(id, first.cursor);
    await watcher.until(({ orderUpdated }) => orderUpdated.status === 'PAID');
    await restaurant.stop('orders', 'SIGKILL');
    await restaurant.start('orders');
    await guest.until(id, 'READY');
    await watcher.until(({ orderUpdated }) => orderUpdated.status === 'READY');
    await restaurant.stop('orders', 'SIGTERM');
    await restaurant.start('orders');
    const staff = await Guest.login(restaurant, 'staff@brigade.test');
    const done = await staff.ask('mutation($id: ID!) { completeOrder(id: $id) { order { version } } }', { id });
    expect(done.errors).toEqual([]);
    await watcher.until(({ orderUpdated }) => orderUpdated.status === 'COMPLETED');

    const { version: last } = await cursorOf(id);
    const seen = watcher.seen.map(({ orderUpdated }) => orderUpdated);
    expect(watcher.errors).toEqual([]);
    expect(seen.map(({ version }) => version)).toEqual(
      Array.from({ length: last - first.version }, (_none, index) => first.version + index + 1),
    );
    for (const { version, timeline, lines } of seen) {
      expect(timeline).toHaveLength(version);
      expect(lines[0]?.dish?.name).toMatch(/^Green salad/);
    }
    const statuses = seen.map(({ status }) => status);
    expect(statuses.filter((status, index) => status !== statuses[index - 1]).slice(-4)).toEqual([
      'PAID',
      'COOKING',
      'READY',
      'COMPLETED',
    ]);

    // Whoever comes back by themselves sees the rest.
    const again = follow(id, seen[1]?.cursor);
    await again.until(({ orderUpdated }) => orderUpdated.status === 'COMPLETED');
    expect(again.seen).toEqual(watcher.seen.slice(2));
  });
});
