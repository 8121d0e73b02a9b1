import { routing } from '@brigade/schema';
import { Connection } from 'rabbitmq-client';
import type { Arena } from '../arena/arena.ts';

/** Work queues, queues of dead letters, and those between kitchen and devices. */
export const queueNames = [
  ...Object.keys(routing).flatMap((consumer) => [`chaos.${consumer}`, `chaos.${consumer}.dead`]),
  'chaos.kitchen.devices',
  'chaos.devices.commands',
];

/** A connection to the broker itself, past the proxies. */
export function connectToBroker({ direct }: Arena): Connection {
  const connection = new Connection({ url: direct.rabbitmq, connectionName: 'chaos', retryLow: 200, retryHigh: 1_000 });
  connection.on('error', () => {}); // killed on purpose; it comes back
  return connection;
}

/** Messages that are ready in each queue. */
export async function queueDepths(broker: Connection): Promise<Record<string, number>> {
  const depths: Record<string, number> = {};
  for (const queue of queueNames) {
    depths[queue] = (await broker.queueDeclare({ queue, passive: true })).messageCount;
  }
  return depths;
}
