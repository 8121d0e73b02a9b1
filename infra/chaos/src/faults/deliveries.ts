import { setTimeout as delay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { orderPlaced, paymentCaptured, routing, stockReserved } from '@brigade/schema';
import { subgraphProcesses } from '../arena/process-names.ts';
import type { FaultClass, FaultContext } from './fault.ts';

/** Every subgraph misbehaves in the same way for most of the time. */
async function everywhere({ arena, durationMs }: FaultContext, failpoints: string): Promise<void> {
  for (const name of subgraphProcesses) arena.instruct(name, { failpoints });
  await delay(durationMs * 0.9);
  for (const name of subgraphProcesses) arena.instruct(name, {});
}

const repeated: FaultClass = {
  name: 'duplicates',
  about: '10% of the deliveries come twice, 10% go back and are overtaken, 10% are late, 5% are published twice',
  inject: (context) => {
    context.note('deliveries are doubled, overtaken and late');
    return everywhere(
      context,
      'consumer.on-delivery=duplicate%10;consumer.on-delivery=drop%10;consumer.on-delivery=delay:300%10;' +
        'consumer.before-ack=drop%5;outbox.before-publish=duplicate%5;outbox.after-confirm=drop%5',
    );
  },
};

const slowConsumer: FaultClass = {
  name: 'slow-consumer',
  about: 'one consumer takes 5 s for each message, for a quarter of the time',
  inject: async ({ arena, chance, durationMs, note }) => {
    const victim = chance.pick(['orders', 'inventory', 'payments', 'kitchen'] as const);
    await delay(durationMs * 0.1);
    note(`${victim} takes 5 s for each message`);
    arena.instruct(victim, { failpoints: 'consumer.on-delivery=delay:5000' });
    await delay(durationMs * 0.25);
    arena.instruct(victim, {});
  },
};

/** Messages that can't be handled, in all the ways in which a message can be wrong. */
const poisons: readonly ((messageId: string) => unknown)[] = [
  () => 'this is not even JSON',
  () => ({ hello: 'there' }),
  (id) => envelope(id, orderPlaced.name, { orderId: 'seven' }),
  (id) => envelope(id, 'orders.order-eaten.v1', {}),
  (id) => envelope(id, paymentCaptured.name, { ...paymentCaptured.example, amount: -5 }),
  (id) => ({ ...envelope(id, stockReserved.name, stockReserved.example), subject: '' }),
];

const envelope = (id: string, name: string, payload: unknown) => ({
  id,
  name,
  occurredAt: new Date().toISOString(),
  correlationId: id,
  causationId: id,
  subject: id,
  payload,
});

const poison: FaultClass = {
  name: 'poison',
  about: 'one message in a hundred is poison: not JSON, no envelope, a broken contract, an unknown name',
  async inject({ broker, chance, durationMs, note, poisoned }) {
    const publisher = broker.createPublisher({ confirm: true });
    // An order makes about ten messages; at 30 orders a second one in a hundred is three a second.
    const count = Math.max(6, Math.round((durationMs / 1_000) * 3));
    note(`${count} poison messages`);
    for (let index = 0; index < count; index += 1) {
      const messageId = randomUUID();
      const consumer = chance.pick(Object.keys(routing));
      const body = (poisons[index % poisons.length] ?? (() => ''))(messageId);
      await publisher.send({ routingKey: `chaos.${consumer}`, messageId, durable: true }, body);
      poisoned(messageId);
      await delay((durationMs * 0.9) / count);
    }
    await publisher.close();
  },
};

export const deliveryFaults: readonly FaultClass[] = [repeated, poison, slowConsumer];
