import { setTimeout as delay } from 'node:timers/promises';
import type { Databases } from '../evidence/databases.ts';

const RESERVED_WITHIN_MS = 3_000;

/** Makes time pass for one order alone: its deadline, or its reservation's, is now. */
export function passTime(databases: Databases): {
  expire: (orderId: string) => Promise<void>;
  giveUpStock: (orderId: string) => Promise<void>;
} {
  return {
    async expire(orderId) {
      await databases.rows(
        'orders',
        'update order_views set deadline_at = now() where id = $1 and deadline_at is not null',
        [orderId],
      );
    },
    async giveUpStock(orderId) {
      const deadline = Date.now() + RESERVED_WITHIN_MS;
      for (let held: unknown[] = []; held.length === 0 && Date.now() < deadline; await delay(20)) {
        held = await databases.rows(
          'inventory',
          "update reservations set expires_at = now() where order_id = $1 and status = 'HELD' returning 1 as held",
          [orderId],
        );
      }
    },
  };
}
