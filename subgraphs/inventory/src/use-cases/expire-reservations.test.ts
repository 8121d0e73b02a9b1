import { expect, test } from '@jest/globals';
import { createLogger } from '@brigade/service-kit';
import type { InventoryDeps } from '../deps.ts';
import { expireReservations } from './expire-reservations.ts';

test('a reservation that cannot be given back keeps no other from it', async () => {
  const due = [{ order_id: 'broken' }, { order_id: 'fine' }];
  const tried: string[] = [];
  const tx = {
    findOne: async (_entity: unknown, { orderId }: { orderId: string }) => {
      tried.push(orderId);
      if (orderId === 'broken') throw new Error('a level would fall below zero');
      return null;
    },
  };
  const deps = {
    orm: { em: { fork: () => ({ execute: async () => due }) } },
    store: { transaction: (work: (handle: unknown) => Promise<void>) => work(tx) },
    log: createLogger('test', 'silent'),
  } as unknown as InventoryDeps;
  expect(await expireReservations(deps)).toBe(false);
  expect(tried).toEqual(['broken', 'fine']);
});
