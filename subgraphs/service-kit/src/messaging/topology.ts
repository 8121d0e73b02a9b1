import { routing } from '@brigade/schema';
import type { Connection } from 'rabbitmq-client';

/** Pauses before another attempt, milliseconds: one shared delay queue each. The last one repeats. */
export const retryDelays = [250, 1_000, 2_000, 5_000, 15_000, 60_000] as const;

export interface Topology {
  events: string;
  workQueue: (consumer: string) => string;
  deadQueue: (consumer: string) => string;
  retryExchange: (delayMs: number) => string;
}

export const topologyOf = (namespace: string): Topology => ({
  events: `${namespace}.events`,
  workQueue: (consumer) => `${namespace}.${consumer}`,
  deadQueue: (consumer) => `${namespace}.${consumer}.dead`,
  retryExchange: (delayMs) => `${namespace}.retry.${delayMs}`,
});

/**
 * Declares every exchange and queue of the system; each process does so before it publishes or consumes, so the order
 * in which processes start does not matter. Declaring again is harmless.
 *
 * A delay queue gives its messages back through the default exchange, to the queue that their routing key names.
 * Quorum queues with at-least-once dead-lettering: a message survives the broker's crash on its way too.
 * A message that ends its consumer's process time and again is dead-lettered by the broker itself (delivery limit).
 */
export async function declareTopology(connection: Connection, namespace: string): Promise<void> {
  const names = topologyOf(namespace);
  const channel = await connection.acquire();
  try {
    await channel.exchangeDeclare({ exchange: names.events, type: 'topic', durable: true });
    for (const delayMs of retryDelays) {
      const exchange = names.retryExchange(delayMs);
      await channel.exchangeDeclare({ exchange, type: 'fanout', durable: true });
      await channel.queueDeclare({
        queue: exchange,
        durable: true,
        arguments: {
          'x-queue-type': 'quorum',
          'x-message-ttl': delayMs,
          'x-dead-letter-exchange': '',
          'x-dead-letter-strategy': 'at-least-once',
          'x-overflow': 'reject-publish',
        },
      });
      await channel.queueBind({ exchange, queue: exchange, routingKey: '' });
    }
    for (const [consumer, heard] of Object.entries(routing)) {
      await channel.queueDeclare({
        queue: names.deadQueue(consumer),
        durable: true,
        arguments: { 'x-queue-type': 'quorum' },
      });
      await channel.queueDeclare({
        queue: names.workQueue(consumer),
        durable: true,
        arguments: {
          'x-queue-type': 'quorum',
          'x-delivery-limit': 50,
          'x-dead-letter-exchange': '',
          'x-dead-letter-routing-key': names.deadQueue(consumer),
          'x-dead-letter-strategy': 'at-least-once',
          'x-overflow': 'reject-publish',
        },
      });
      for (const { name } of heard) {
        await channel.queueBind({ exchange: names.events, queue: names.workQueue(consumer), routingKey: name });
      }
    }
  } finally {
    await channel.close();
  }
}
