import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'rabbitmq-client';
import type { Databases } from './evidence/databases.ts';
import { queueDepths } from './evidence/queues.ts';

const WITHIN_MS = 150_000;

/** What is not at rest yet, in words, each with its number; nothing when all is quiet. */
async function unrest(databases: Databases, broker: Connection, poison: number): Promise<string[]> {
  const open = (list: readonly string[]) => `status in (${list.map((status) => `'${status}'`).join(', ')})`;
  const outboxes = await databases.outboxes();
  const counts: Record<string, number> = {
    'orders under way': await databases.count(
      'orders',
      `order_views where ${open(['PLACED', 'CONFIRMED', 'PAID', 'COOKING', 'READY'])}`,
    ),
    'reservations under way': await databases.count('inventory', `reservations where ${open(['HELD', 'COMMITTED'])}`),
    'payments under way': await databases.count(
      'payments',
      `payments where ${open(['EXPECTED', 'CAPTURING', 'UNWINDING', 'REFUNDING'])}`,
    ),
    'tickets under way': await databases.count(
      'kitchen',
      `tickets where not ${open(['READY', 'CANCELLED', 'FAILED'])}`,
    ),
    'jobs under way': await databases.count('kitchen', 'jobs'),
    'messages in outboxes': Object.values(outboxes).reduce((all, count) => all + count, 0),
    'dead letters not kept yet': Math.max(0, poison - (await databases.count('platform', 'dead_letters'))),
  };
  for (const [queue, depth] of Object.entries(await queueDepths(broker))) counts[`messages in ${queue}`] = depth;
  return Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
}

/**
 * Waits until nothing is under way any more: orders have ended, outboxes and queues are empty.
 * @returns the seconds that it took, and what was still not at rest after 150 s
 */
export async function drain(
  databases: Databases,
  broker: Connection,
  poison: number,
  note: (what: string) => void,
): Promise<{ seconds: number; left: readonly string[] }> {
  const started = performance.now();
  let quietLooks = 0;
  let nextNote = 10_000;
  for (;;) {
    const left = await unrest(databases, broker, poison).catch((error: unknown) => [`no answer: ${String(error)}`]);
    quietLooks = left.length === 0 ? quietLooks + 1 : 0;
    const elapsed = performance.now() - started;
    if (elapsed > nextNote) {
      nextNote += 10_000;
      note(`not at rest yet: ${left.join(', ')}`);
    }
    // Between two looks what one participant has sent arrives at the next.
    if (quietLooks === 2 || elapsed > WITHIN_MS) return { seconds: elapsed / 1_000, left };
    await delay(500);
  }
}
