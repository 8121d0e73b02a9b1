import { orderPlaced, stockReserved, type Envelope, type MessageDefinition } from '@brigade/schema';
import { on, type EntityManager, type MessageHandler } from '@brigade/service-kit';
import type { PaymentsDeps } from '../deps.ts';
import { callsOff } from '../payment/heard.ts';
import { expectPayment, takeNews } from '../use-cases/expect-payment.ts';

/** What comes in: each message and what it does to the order's payment. */
export function consumes(deps: PaymentsDeps): MessageHandler<EntityManager>[] {
  const news = (definition: MessageDefinition<{ orderId: string }>, event: 'stock-reserved' | 'called-off') =>
    on(definition, ({ payload }: Envelope<{ orderId: string }>, tx: EntityManager) =>
      takeNews(deps, tx, payload.orderId, event),
    );
  return [
    on(orderPlaced, ({ payload }, tx: EntityManager) => expectPayment(deps, tx, payload)),
    news(stockReserved, 'stock-reserved'),
    ...callsOff.map((definition) => news(definition, 'called-off')),
  ];
}
