import { withRawBodies, type Broker, type PostgresMessageStore } from '@brigade/service-kit';
import { readBurial, type Delivered } from '../dead-letter/read-burial.ts';
import { captureBurial } from '../use-cases/capture-burial.ts';
import { consumers } from './consume-dead-letters.ts';

/**
 * Keeps what lies in the dead-letter queues now, for the command line: while platform does not run nobody else does.
 * A failure leaves the rest in its queue, for the next time.
 */
export async function drainDeadQueues(broker: Broker, store: PostgresMessageStore): Promise<void> {
  const channel = await withRawBodies(broker.connection).acquire();
  try {
    for (const consumer of consumers) {
      const queue = broker.topology.deadQueue(consumer);
      for (let delivery = await channel.basicGet(queue); delivery; delivery = await channel.basicGet(queue)) {
        const burial = readBurial(delivery as Delivered, consumer, broker.topology.workQueue(consumer));
        await captureBurial(store, burial, delivery.redelivered);
        channel.basicAck({ deliveryTag: delivery.deliveryTag });
      }
    }
  } finally {
    await channel.close();
  }
}
