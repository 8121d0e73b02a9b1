import { OrderInKitchen } from '../../subgraphs/kitchen/src/order/order-in-kitchen.ts';
import { domain, type Domain } from './domain.ts';

const { orders, inventory, payments, kitchen } = domain;

const withOrders = (over: Partial<Domain['orders']>): Domain => ({ ...domain, orders: { ...orders, ...over } });
const withInventory = (over: Partial<Domain['inventory']>): Domain => ({
  ...domain,
  inventory: { ...inventory, ...over },
});
const withPayments = (over: Partial<Domain['payments']>): Domain => ({ ...domain, payments: { ...payments, ...over } });
const withKitchen = (over: Partial<Domain['kitchen']>): Domain => ({ ...domain, kitchen: { ...kitchen, ...over } });

class CooksOnCredit extends OrderInKitchen {
  override get mayQueue(): boolean {
    return this.header.status === 'WAITING' && this.header.customerId !== null;
  }
}

class ForgetsItsOrders extends OrderInKitchen {
  override cancel(): void {}
}

let attempts = 0;

/** Sagas that are wrong in one point each; the model has to notice every one of them. */
export const mutants: Readonly<Record<string, Domain>> = {
  'stock is given back although the order was handed over': withInventory({
    settle: (before, event, expired) => inventory.settle(before, event === 'complete' ? 'release' : event, expired),
  }),
  'a reservation whose time is over is given back at once': withInventory({ expiry: 'RELEASE' }),
  'a release before the order leaves no mark': withInventory({
    settle: (before, event, expired) => (before === undefined ? null : inventory.settle(before, event, expired)),
  }),
  'what is paid for is not released': withInventory({
    settle: (before, event, expired) =>
      before === 'COMMITTED' && event === 'release' ? null : inventory.settle(before, event, expired),
  }),
  'more is reserved than there is': withInventory({ decideReserve: () => ({ reserved: true }) }),
  'a charge that comes after the call-off is kept': withPayments({
    settleCharge: (payment, answer) =>
      payments.settleCharge(payment.status === 'UNWINDING' ? { ...payment, status: 'CAPTURING' } : payment, answer),
  }),
  'an order that is called off before its stock is reserved is charged': withPayments({
    hear: (payment, event) =>
      payments.hear(payment, payment.status === 'EXPECTED' && event === 'called-off' ? 'stock-reserved' : event),
  }),
  'each attempt to charge has a key of its own': withPayments({ captureKey: (id) => `${id} ${(attempts += 1)}` }),
  'a call-off gives back what a manager has given back already': withPayments({
    owedBack: (payment) => (payment.status === 'REFUNDING' ? payment.capturedMinor : 0),
  }),
  'a payment that was called off is not looked at again': withPayments({
    hear: (payment, event) => ({ ...payments.hear(payment, event), ...(event === 'called-off' && { due: 'NEVER' }) }),
  }),
  'READY is accepted after CANCELLED': withOrders({
    take: (report, order) =>
      report.type === 'OrderReady' && order.status === 'CANCELLED' ? [report] : orders.take(report, order),
    evolve: (order, event) =>
      event.type === 'OrderReady' && order.status === 'CANCELLED'
        ? { status: 'READY', facts: order.facts, refundedMinor: order.refundedMinor }
        : orders.evolve(order, event),
  }),
  'a READY order can be cancelled': withOrders({
    decide(command, order) {
      if (command.do !== 'cancel' || order.status !== 'READY') return orders.decide(command, order);
      return [{ type: 'OrderCancelled', cancelledBy: command.cancelledBy, reason: command.reason }];
    },
  }),
  'a COOKING order has no deadline': withOrders({
    decide: (command, order) =>
      command.do === 'expire' && order.status === 'COOKING' ? [] : orders.decide(command, order),
  }),
  'a READY order fails at its deadline': withOrders({
    decide: (command, order) =>
      command.do === 'expire' && order.status === 'READY'
        ? [{ type: 'OrderExpired', reason: 'late' }]
        : orders.decide(command, order),
  }),
  'the kitchen cooks before the capture': withKitchen({ OrderInKitchen: CooksOnCredit }),
  'the kitchen does not hear that an order is off': withKitchen({ OrderInKitchen: ForgetsItsOrders }),
  'a device begins what was meant for its boot before': { ...domain, devicesKnowTheirBoots: false },
  'messages are sent after the commit, without an outbox': { ...domain, outbox: false },
};
