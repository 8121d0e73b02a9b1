import { PRICE, type Restaurant } from './restaurant.ts';

/** A promise that a run has broken. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

const hold = (holds: boolean, promise: string): void => {
  if (!holds) throw new Broken(promise);
};

const served = new Set(['READY', 'COMPLETED']);
const off = new Set(['CANCELLED', 'FAILED', 'REJECTED']);

/** What holds at every moment. */
export class Always {
  readonly #seen = new Map<string, { length: number; served: boolean; off: boolean }>();

  check(of: Restaurant): void {
    const { orders, inventory, provider, cooked, unpaid, setting } = of;
    for (const { onHand, reserved, consumed } of inventory.levels.values()) {
      hold(onHand >= 0 && reserved >= 0 && consumed >= 0, 'no level is negative');
      hold(onHand + reserved + consumed === setting.stock, 'on hand + reserved + consumed = initial');
    }
    hold(unpaid.length === 0, 'nothing is cooked before its capture');
    for (const times of cooked.values()) hold(times <= 1, 'a step is cooked at most once');
    for (const [orderId, { events }] of orders.streams) {
      hold(provider.charges(orderId) <= 1, 'an order is charged at most once');
      const seen = this.#seen.get(orderId) ?? { length: 0, served: false, off: false };
      if (events.length === seen.length) continue;
      hold(
        events.every(({ version }, index) => version === index + 1),
        'streams are gapless',
      );
      const status = orders.statusOf(orderId);
      const now = {
        length: events.length,
        served: seen.served || served.has(status),
        off: seen.off || off.has(status),
      };
      hold(!(now.served && now.off), 'never both served and called off');
      this.#seen.set(orderId, now);
    }
  }
}

/** What holds when everything has been delivered and all deadlines have passed. */
export function checkEnd(of: Restaurant): void {
  const { orders, inventory, payments, kitchen, provider, orderIds } = of;
  for (const orderId of orderIds) {
    const status = orders.statusOf(orderId);
    hold(status === 'COMPLETED' || off.has(status), `every order ends (${status})`);
    const payment = payments.of(orderId);
    const given = payments
      .refundsOf(payment?.id ?? '')
      .filter(({ by }) => by === 'manager')
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const owed = status === 'COMPLETED' ? of.totalOf(orderId) - given : 0;
    hold(
      provider.held(orderId) === owed,
      `captured - refunded = owed (${status}: ${provider.held(orderId)} / ${owed})`,
    );
    hold((payment?.capturedMinor ?? 0) - (payment?.refundedMinor ?? 0) === owed, 'the books are the ledger');
    const reservation = inventory.reservations.get(orderId)?.status;
    if (status === 'COMPLETED') hold(reservation === 'CONSUMED', `what was served is consumed (${reservation})`);
    else hold(reservation === 'RELEASED' || reservation === 'REJECTED', `what is off is released (${reservation})`);
    const rests = ['CAPTURED', 'DECLINED', 'REFUNDED', 'VOIDED'].includes(payment?.status ?? '') && !payment?.due;
    hold(rests, `every payment rests (${payment?.status})`);
  }
  const sold = orderIds
    .filter((id) => orders.statusOf(id) === 'COMPLETED')
    .reduce((sum, id) => sum + of.totalOf(id), 0);
  for (const { consumed, reserved } of inventory.levels.values()) {
    hold(consumed === sold / PRICE && reserved === 0, 'consumed is what was sold, and nothing is held');
  }
  hold(kitchen.openTickets().length === 0, 'every ticket ends');
  hold(kitchen.jobs.size === 0 && kitchen.commands.size === 0, 'no slot is held for ever');
}
