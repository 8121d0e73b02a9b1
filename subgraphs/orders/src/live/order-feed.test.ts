import { expect, test } from '@jest/globals';
import { createLogger } from '@brigade/service-kit';
import type { OrderHistory } from '../store/order-history.ts';
import { OrderFeed } from './order-feed.ts';

const order = { id: 'o', version: 2 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A feed over a bus that hears when it is told to, and a store of one order. */
function feedOf() {
  const store = { version: order.version, looks: 0 };
  const history = {
    after: async (_id: string, version: number) =>
      Array.from({ length: store.version - version }, (_none, index) => ({
        id: order.id,
        version: version + index + 1,
        lines: [],
      })),
    versions: async () => {
      store.looks += 1;
      return new Map([[order.id, store.version]]);
    },
  } as unknown as OrderHistory;
  let hears = () => {};
  let stopped = 0;
  const bus = {
    publish: async () => {},
    subscribe: () => {
      throw new Error('nobody asks for all');
    },
    listen: () =>
      new Promise<() => void>((resolve) => {
        hears = () => resolve(() => (stopped += 1));
      }),
  };
  const feed = new OrderFeed({ bus, history, log: createLogger('test', 'silent') });
  return { feed, store, hears: () => hears(), stopped: () => stopped };
}

test('what happened before the bus hears is told when it does', async () => {
  const { feed, store, hears } = feedOf();
  const changes = feed.follow(order, order.version);
  store.version = 4;
  await turn();
  expect(changes.last).toBe(2);
  hears();
  await turn();
  expect(changes.last).toBe(4);
});

test('what is known to have happened is told at once, though the bus does not hear yet', async () => {
  const { feed } = feedOf();
  const changes = feed.follow(order, 1);
  expect((await changes.next()).value).toMatchObject({ id: 'o', version: 2 });
});

test('a look at the store catches up whoever is behind, and nobody looks for nobody', async () => {
  const { feed, store, hears, stopped } = feedOf();
  const changes = feed.follow(order, order.version);
  store.version = 3;
  await feed.sweep();
  expect([changes.last, store.looks]).toEqual([3, 1]);
  await changes.return();
  await feed.sweep();
  expect([store.looks, stopped()]).toEqual([1, 0]);
  // It is let go of as soon as it is there.
  hears();
  await turn();
  expect(stopped()).toBe(1);
});
