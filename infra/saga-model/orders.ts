import type { Envelope, OrderLine } from '@brigade/schema';
import { messagesOf } from '../../subgraphs/orders/src/messaging/publishes.ts';
import type { OrderCommand } from '../../subgraphs/orders/src/order/decide.ts';
import type { OrderEvent } from '../../subgraphs/orders/src/order/events.ts';
import { isEnded, noOrder, type Order } from '../../subgraphs/orders/src/order/order.ts';
import { reportings } from '../../subgraphs/orders/src/order/reports.ts';
import type { Domain } from './domain.ts';
import { Participant, type Transaction } from './transaction.ts';

interface Stream {
  events: readonly { version: number; event: OrderEvent }[];
  order: Order;
}

const reportingOf = new Map(reportings.map((reporting) => [reporting.definition.name, reporting]));

/** Orders: streams of events, and what guests, staff and deadlines want of them. */
export class Orders extends Participant {
  readonly streams = new Map<string, Stream>();

  constructor(private readonly domain: Domain) {
    super(domain);
  }

  place(orderId: string, lines: OrderLine[], amountMinor: number, ids: { user: string; method: string }): void {
    this.#command(orderId, {
      do: 'place',
      customerId: ids.user,
      lines,
      total: { amountMinor, currency: 'EUR' },
      deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
      paymentMethodId: ids.method,
    });
  }

  cancel(orderId: string, by: string): boolean {
    return this.#command(orderId, { do: 'cancel', cancelledBy: by, reason: 'changed my mind' });
  }

  complete(orderId: string): boolean {
    return this.#command(orderId, { do: 'complete', completedBy: 'system' });
  }

  /** The deadline of the state that the order is in. */
  expire(orderId: string): void {
    this.#command(orderId, { do: 'expire' });
  }

  open(): string[] {
    return [...this.streams].filter(([, { order }]) => !isEnded(order)).map(([id]) => id);
  }

  statusOf(orderId: string): Order['status'] {
    return this.streams.get(orderId)?.order.status ?? 'NONE';
  }

  protected handle(message: Envelope<{ orderId: string }>, tx: Transaction): void {
    const reporting = reportingOf.get(message.name);
    if (!reporting) return;
    const report = reporting.toReport(message.payload as never);
    this.#change(tx, message.payload.orderId, (order) => this.domain.orders.take(report, order));
  }

  /** @returns false where the API would refuse */
  #command(orderId: string, command: OrderCommand): boolean {
    try {
      this.transact((tx) => this.#change(tx, orderId, (order) => this.domain.orders.decide(command, order)));
      return true;
    } catch (error) {
      if ((error as { code?: string }).code) return false;
      throw error;
    }
  }

  #change(tx: Transaction, orderId: string, decide: (order: Order) => OrderEvent[]): void {
    const { events, order } = this.streams.get(orderId) ?? { events: [], order: noOrder };
    const decided = decide(order);
    if (decided.length === 0) return;
    tx.set(this.streams, orderId, {
      events: [...events, ...decided.map((event, index) => ({ version: events.length + index + 1, event }))],
      order: decided.reduce(this.domain.orders.evolve, order),
    });
    tx.say(...decided.flatMap((event) => messagesOf(orderId, event)));
  }
}
