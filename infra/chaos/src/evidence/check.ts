import { checkDelivery } from './check-delivery.ts';
import { checkKitchen } from './check-kitchen.ts';
import { checkMoney } from './check-money.ts';
import { checkOrders } from './check-orders.ts';
import { checkStock } from './check-stock.ts';
import type { Evidence, Violation } from './evidence.ts';

/** Everything that the evidence shows to be lost, doubled or wrong; nothing when all is well. Pure. */
export function check(evidence: Evidence): Violation[] {
  return [checkOrders, checkMoney, checkStock, checkKitchen, checkDelivery].flatMap((part) => part(evidence));
}
