import { cookingFailed, cookingStarted, orderReady } from './kitchen.ts';
import { dishChanged } from './menu.ts';
import { orderCancelled, orderCompleted, orderFailed, orderPlaced } from './orders.ts';
import { paymentCaptured, paymentDeclined, paymentRefunded } from './payments.ts';
import { reservationExpired, stockLow, stockReleased, stockRejected, stockReserved } from './inventory.ts';
import { userRegistered } from './identity.ts';
import type { MessageDefinition } from './define-message.ts';

/** Every message contract there is. */
export const messages = [
  orderPlaced,
  orderCancelled,
  orderFailed,
  orderCompleted,
  stockReserved,
  stockRejected,
  reservationExpired,
  stockReleased,
  stockLow,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  cookingStarted,
  orderReady,
  cookingFailed,
  dishChanged,
  userRegistered,
] as const satisfies readonly MessageDefinition[];

export type MessageName = (typeof messages)[number]['name'];

/**
 * Who hears what. It is a contract, not a detail of the consumer: every process declares all of these queues before
 * it publishes, so a message is never lost because its consumer had not been started yet, and a message that someone
 * must hear is published with `mandatory`.
 */
export const routing = {
  menu: [dishChanged],
  inventory: [
    dishChanged,
    orderPlaced,
    paymentCaptured,
    paymentDeclined,
    cookingFailed,
    orderCancelled,
    orderFailed,
    orderCompleted,
  ],
  orders: [
    dishChanged,
    stockReserved,
    stockRejected,
    reservationExpired,
    stockReleased,
    paymentCaptured,
    paymentDeclined,
    paymentRefunded,
    cookingStarted,
    orderReady,
    cookingFailed,
  ],
  payments: [orderPlaced, stockReserved, stockRejected, cookingFailed, orderCancelled, orderFailed],
  kitchen: [dishChanged, orderPlaced, stockRejected, paymentCaptured, paymentDeclined, orderCancelled, orderFailed],
} as const satisfies Record<string, readonly MessageDefinition[]>;

export type Consumer = keyof typeof routing;

const heard = new Set<string>(Object.values(routing).flatMap((list) => list.map((message) => message.name)));

/** Whether at least one subgraph must hear the message; otherwise it is news that may find no listener. */
export const mustBeHeard = (name: string): boolean => heard.has(name);
