import { routing, type Consumer, type Envelope, type OrderLine, type RecipeStep } from '@brigade/schema';
import { Device } from './devices.ts';
import type { Domain } from './domain.ts';
import { Inventory } from './inventory.ts';
import { Kitchen } from './kitchen.ts';
import { Orders } from './orders.ts';
import { Payments } from './payments.ts';
import { Provider } from './provider.ts';
import type { Participant } from './transaction.ts';

/** What a run begins with. */
export interface Setting {
  /** Portions that the stock allows. */
  stock: number;
  orders: readonly { dishes: readonly ('bread' | 'salad')[]; card: 'pays' | 'declines' }[];
}

export const PRICE = 1_000;
const uuid = (kind: number, n: number) => `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;
const flour = uuid(1, 0);
const dishId = { bread: uuid(2, 0), salad: uuid(2, 1) };
const step = (station: 'OVEN' | 'PREP'): RecipeStep => ({
  name: station,
  station,
  targetCelsius: null,
  durationSeconds: 60,
});

/** The network: every message to everyone who must hear it, in no order. */
export interface Delivery {
  to: Consumer;
  message: Envelope;
}

/** The whole restaurant: the participants, the provider, the devices and what is on its way between them. */
export class Restaurant {
  readonly orderIds: readonly string[];
  readonly guest = uuid(6, 0);
  readonly network: Delivery[] = [];
  readonly provider = new Provider();
  readonly orders: Orders;
  readonly inventory: Inventory;
  readonly payments: Payments;
  readonly kitchen: Kitchen;
  readonly participants: readonly Participant[];
  readonly devices: readonly Device[];
  /** How often each step of a ticket was cooked to its end. */
  readonly cooked = new Map<string, number>();
  /** Orders whose food was put on a station before their money was ours. */
  readonly unpaid: string[] = [];

  constructor(
    readonly setting: Setting,
    domain: Domain,
  ) {
    this.orderIds = setting.orders.map((_order, n) => uuid(3, n));
    const watch = {
      started: (orderId: string) => {
        if (this.provider.charges(orderId) === 0) this.unpaid.push(orderId);
      },
      cooked: (of: string) => void this.cooked.set(of, (this.cooked.get(of) ?? 0) + 1),
    };
    this.devices = [
      new Device('oven-1', 'OVEN', 1, watch, domain.devicesKnowTheirBoots),
      new Device('oven-2', 'OVEN', 1, watch, domain.devicesKnowTheirBoots),
      new Device('prep-1', 'PREP', 2, watch, domain.devicesKnowTheirBoots),
    ];
    const needs = [{ ingredientId: flour, quantity: 1 }];
    const recipes = new Map(Object.values(dishId).map((id) => [id, needs]));
    const steps = new Map([
      [dishId.bread, [step('PREP'), step('OVEN')]],
      [dishId.salad, [step('PREP')]],
    ]);
    this.orders = new Orders(domain);
    this.inventory = new Inventory(domain, { [flour]: setting.stock }, recipes);
    this.payments = new Payments(
      domain,
      this.provider,
      (orderId) => uuid(4, this.orderIds.indexOf(orderId)),
      (orderId) => setting.orders[this.orderIds.indexOf(orderId)]?.card ?? 'pays',
    );
    this.kitchen = new Kitchen(domain, this.devices, steps);
    this.participants = [this.orders, this.inventory, this.payments, this.kitchen];
  }

  place(orderId: string): void {
    const n = this.orderIds.indexOf(orderId);
    const lines: OrderLine[] = (this.setting.orders[n]?.dishes ?? []).map((name, line) => ({
      lineId: uuid(5, n * 10 + line),
      dishId: dishId[name],
      name,
      quantity: 1,
      unitPrice: { amountMinor: PRICE, currency: 'EUR' },
    }));
    this.orders.place(orderId, lines, this.totalOf(orderId), { user: uuid(6, n), method: uuid(7, n) });
  }

  totalOf(orderId: string): number {
    return (this.setting.orders[this.orderIds.indexOf(orderId)]?.dishes.length ?? 0) * PRICE;
  }

  /** Puts the oldest message of an outbox on its way to everyone who must hear it. */
  publish(from: Participant, forget: boolean): void {
    const [message] = from.outbox;
    if (!message) return;
    for (const [to, hears] of Object.entries(routing)) {
      const consumer = this.consumer(to as Consumer);
      if (consumer && hears.some(({ name }) => name === message.name))
        this.network.push({ to: to as Consumer, message });
    }
    if (forget) from.outbox.shift();
  }

  consumer(name: Consumer): Participant | undefined {
    const { orders, inventory, payments, kitchen } = this;
    const all: Partial<Record<Consumer, Participant>> = { orders, inventory, payments, kitchen };
    return all[name];
  }
}
