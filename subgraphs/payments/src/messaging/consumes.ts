import {
  cookingFailed,
  orderCancelled,
  orderFailed,
  orderPlaced,
  stockRejected,
  stockReserved,
  type Envelope,
  type MessageDefinition,
} from '@brigade/schema';
import { on, type EntityManager, type MessageHandler } from '@brigade/service-kit';
import type { PaymentsDeps } from '../deps.ts';
import { beginCapture, callOff, expectPayment } from '../use-cases/expect-payment.ts';

/** What comes in: each message and what it does to the order's payment. */
export function consumes(deps: PaymentsDeps): MessageHandler<EntityManager>[] {
  const callsOff = <P extends { orderId: string }>(definition: MessageDefinition<P>) =>
    on(definition, ({ payload }: Envelope<P>, tx: EntityManager) => callOff(deps, tx, payload.orderId));
  return [
    on(orderPlaced, ({ payload }, tx: EntityManager) => expectPayment(deps, tx, payload)),
    on(stockReserved, ({ payload }, tx: EntityManager) => beginCapture(deps, tx, payload.orderId)),
    // Compensations: each gives back what was taken, and keeps more from being taken.
    callsOff(stockRejected),
    callsOff(cookingFailed),
    callsOff(orderCancelled),
    callsOff(orderFailed),
  ];
}
