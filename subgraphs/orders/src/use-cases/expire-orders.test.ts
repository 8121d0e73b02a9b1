import { expect, test } from '@jest/globals';
import { createLogger } from '@brigade/service-kit';
import type { OrderRepository } from '../store/order-repository.ts';
import { expireOrders } from './expire-orders.ts';

test('an order that cannot be ended keeps nobody else from their end', async () => {
  const due = [{ id: 'broken' }, { id: 'fine' }];
  const em = { fork: () => ({ execute: async () => due }) };
  const changed: string[] = [];
  const orders = {
    transaction: (work: (tx: unknown) => Promise<unknown>) => work({ execute: async () => [1] }),
    change: async (_tx: unknown, id: string) => {
      if (id === 'broken') throw new Error('its stream can not be read');
      changed.push(id);
    },
  } as unknown as OrderRepository;
  const log = createLogger('test', 'silent');
  await expireOrders({ orm: { em } as never, orders, log });
  expect(changed).toEqual(['fine']);
});
