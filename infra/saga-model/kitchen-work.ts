import { messageOf } from '../../subgraphs/kitchen/src/messaging/publishes.ts';
import type { OrderHeader, OrderInKitchen } from '../../subgraphs/kitchen/src/order/order-in-kitchen.ts';
import type { Ticket } from '../../subgraphs/kitchen/src/ticket/ticket.ts';
import type { Command } from './devices.ts';
import type { Domain } from './domain.ts';
import type { Transaction } from './transaction.ts';

export interface Job {
  readonly jobId: string;
  readonly orderId: string;
  readonly ticketId: string;
  readonly deviceId: string;
  /** Of the device that accepted it; null before. */
  readonly bootId: string | null;
}

/** The kitchen's tables. */
export interface KitchenTables {
  readonly orders: Map<string, { header: OrderHeader; tickets: readonly Ticket[] }>;
  readonly jobs: Map<string, Job>;
  /** What devices were told and have not answered. */
  readonly commands: Map<string, Command & { deviceId: string; sent: boolean }>;
}

/** One transaction of the kitchen, as `subgraphs/kitchen/src/store/kitchen-work.ts` does it in SQL. */
export class KitchenWork {
  readonly #orders = new Map<string, OrderInKitchen>();
  readonly #ended = new Set<string>();
  #commands = 0;

  constructor(
    private readonly domain: Domain,
    private readonly tables: KitchenTables,
    private readonly tx: Transaction,
    private readonly newId: () => string,
  ) {}

  order(orderId: string): OrderInKitchen {
    const open = this.#orders.get(orderId);
    if (open) return open;
    const { header, tickets } = this.tables.orders.get(orderId) ?? {
      header: { orderId, customerId: null, status: 'WAITING' as const, captured: false },
      tickets: [],
    };
    const order = new this.domain.kitchen.OrderInKitchen(
      { ...header },
      tickets.map((ticket) => ({ ...ticket })),
    );
    this.#orders.set(orderId, order);
    return order;
  }

  assign(orderId: string, ticketId: string, { deviceId, bootId }: { deviceId: string; bootId: string }): void {
    const order = this.order(orderId);
    const ticket = order.tickets.find(({ id }) => id === ticketId);
    if (ticket?.state.status !== 'QUEUED') return;
    const { step } = ticket.state;
    const jobId = this.newId();
    order.apply(ticketId, { do: 'assign', deviceId, jobId }, '');
    this.tx.set(this.tables.jobs, jobId, { jobId, orderId, ticketId, deviceId, bootId: null });
    this.tell(deviceId, { type: 'START_JOB', bootId, jobId, orderId, step: `${ticketId} step ${step}` });
  }

  noteStart(jobId: string, bootId: string): void {
    const job = this.#job(jobId);
    if (!job) return;
    this.tx.set(this.tables.jobs, jobId, { ...job, bootId });
    this.order(job.orderId).apply(job.ticketId, { do: 'note-start', jobId }, '');
  }

  noteDone(jobId: string): void {
    const job = this.#end(jobId);
    if (job) this.order(job.orderId).apply(job.ticketId, { do: 'note-done', jobId }, '');
  }

  noteLoss(jobId: string, reason: string): void {
    const job = this.#end(jobId);
    if (job) this.order(job.orderId).apply(job.ticketId, { do: 'note-loss', jobId, reason, counts: true }, '');
  }

  recall(jobId: string): void {
    const job = this.#job(jobId);
    if (job) this.order(job.orderId).apply(job.ticketId, { do: 'recall', jobId }, '');
  }

  tell(deviceId: string, command: Omit<Command, 'commandId'>): void {
    const commandId = `${this.newId()} ${(this.#commands += 1)}`;
    this.tx.set(this.tables.commands, commandId, { ...command, commandId, deviceId, sent: false });
  }

  answered(commandId: string): void {
    this.tx.delete(this.tables.commands, commandId);
  }

  flush(): void {
    for (const [orderId, order] of this.#orders) {
      this.tx.set(this.tables.orders, orderId, { header: order.header, tickets: order.tickets });
      this.tx.say(...order.outcomes.map(messageOf));
      for (const { deviceId, jobId } of order.stops) {
        if (!this.#ended.has(jobId)) this.tell(deviceId, { type: 'STOP_JOB', bootId: '', jobId, orderId, step: '' });
      }
    }
    for (const jobId of this.#ended) {
      this.tx.delete(this.tables.jobs, jobId);
      for (const { commandId, jobId: of } of this.tables.commands.values()) if (of === jobId) this.answered(commandId);
    }
  }

  #job(jobId: string): Job | undefined {
    return this.#ended.has(jobId) ? undefined : this.tables.jobs.get(jobId);
  }

  #end(jobId: string): Job | undefined {
    const job = this.#job(jobId);
    this.#ended.add(jobId);
    return job;
  }
}
