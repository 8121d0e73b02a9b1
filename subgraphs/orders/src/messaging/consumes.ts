import { dishChanged, type Envelope } from '@brigade/schema';
import { on, type EntityManager, type MessageHandler } from '@brigade/service-kit';
import { learnDish } from '../menu-replica/menu-replica.ts';
import { take } from '../order/decide.ts';
import { reportings } from '../order/reports.ts';
import type { OrderRepository } from '../store/order-repository.ts';

/** What comes in: each message and what it does to the order that it speaks of. */
export function consumes(orders: OrderRepository): MessageHandler<EntityManager>[] {
  return [
    on(dishChanged, async ({ payload }, tx: EntityManager) => learnDish(tx, payload)),
    ...reportings.map(({ definition, toReport }) =>
      on(definition, async ({ payload }: Envelope<{ orderId: string }>, tx: EntityManager) => {
        await orders.change(tx, payload.orderId, (order) => take(toReport(payload as never), order));
      }),
    ),
  ];
}
