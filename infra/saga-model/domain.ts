import { decideReserve, needsOf } from '../../subgraphs/inventory/src/stock/reservation.ts';
import { settle } from '../../subgraphs/inventory/src/stock/settle.ts';
import { OrderInKitchen } from '../../subgraphs/kitchen/src/order/order-in-kitchen.ts';
import { decide, take } from '../../subgraphs/orders/src/order/decide.ts';
import { evolve } from '../../subgraphs/orders/src/order/order.ts';
import {
  hear,
  owedBack,
  settleCharge,
  settleRefund,
  unrequested,
  workOf,
} from '../../subgraphs/payments/src/payment/decide.ts';
import { captureKey, refundKey } from '../../subgraphs/payments/src/payment/payment.ts';

/** Every decision of the saga as production takes it, and what delivery promises. Mutants replace one of them. */
export const domain = {
  orders: { decide, take, evolve },
  inventory: {
    needsOf,
    decideReserve,
    settle,
    /** What becomes of a reservation whose time is over: told of, or given back at once. */
    expiry: 'TELL' as 'TELL' | 'RELEASE',
  },
  payments: { hear, settleCharge, settleRefund, owedBack, unrequested, workOf, captureKey, refundKey },
  kitchen: { OrderInKitchen },
  /** Whether a device refuses what an earlier boot of it was told to begin. */
  devicesKnowTheirBoots: true,
  /** Whether a message that was taken in is recognised when it comes again. */
  inbox: true,
  /** Whether messages leave by an outbox that commits with their cause; else they are lost when a process crashes. */
  outbox: true,
};

export type Domain = typeof domain;
