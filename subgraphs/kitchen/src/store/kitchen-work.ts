import { randomUUID } from 'node:crypto';
import type { DeviceCommand } from '@brigade/schema';
import {
  currentWork,
  runInOrigin,
  type EntityManager,
  type Origin,
  type PostgresMessageStore,
} from '@brigade/service-kit';
import { messageOf } from '../messaging/publishes.ts';
import type { OrderInKitchen } from '../order/order-in-kitchen.ts';
import type { JobRecord } from './job-record.ts';
import { loadOrders, type Locking } from './load-orders.ts';
import { recordOf, type TicketRecord } from './ticket-record.ts';
import * as write from './write.ts';

/** What a transaction has found out at once, and what woke up by its commit: told after it. */
export interface WorkHints {
  /** Jobs of which this process may not have known whose food they are. */
  jobsSeen(jobs: readonly JobRecord[]): void;
  ticketsChanged(tickets: readonly TicketRecord[]): void;
  /** The kitchen can't cook an order, and others are told. */
  orderFailed(orderId: string, reason: string): void;
  stationsWanted(): void;
  commandsWritten(): void;
}

type Told = DeviceCommand extends infer C ? (C extends unknown ? Omit<C, 'commandId' | 'issuedAt'> : never) : never;

/**
 * One transaction's view of the kitchen: locks orders, lets them decide, and writes tickets, jobs, device commands and
 * messages in a handful of statements, however many orders there are.
 */
export class KitchenWork {
  #now = new Date().toISOString();
  readonly orders = new Map<string, OrderInKitchen>();
  readonly jobs = new Map<string, JobRecord>();
  readonly #origins = new Map<string, Origin | null>();
  readonly #addedJobs: JobRecord[] = [];
  readonly #acceptedJobs = new Map<string, string>();
  readonly #endedJobs = new Set<string>();
  readonly #commands: DeviceCommand[] = [];
  readonly #answered = new Set<string>();

  constructor(
    readonly tx: EntityManager,
    private readonly store: PostgresMessageStore,
    private readonly hints: WorkHints,
  ) {}

  /** ISO 8601: the database's time as soon as an order is locked. Several kitchens share what is stored with it. */
  get now(): string {
    return this.#now;
  }

  /** Locks the orders (in the order of their ids, so that two never wait for each other) and reads what they have. */
  async lockOrders(orderIds: Iterable<string>, locking: Locking = 'wait'): Promise<void> {
    const ids = [...new Set(orderIds)].filter((id) => !this.orders.has(id));
    if (ids.length === 0) return;
    const { orders, jobs, origins, now } = await loadOrders(this.tx, ids, locking);
    this.#now = now ?? this.#now;
    for (const order of orders) this.orders.set(order.header.orderId, order);
    for (const [orderId, origin] of origins) this.#origins.set(orderId, origin);
    for (const job of jobs) this.jobs.set(job.job_id, job);
    this.hints.jobsSeen(jobs);
  }

  /** The order, locked; a new one where the kitchen has not heard of it. */
  async order(orderId: string): Promise<OrderInKitchen> {
    await write.insertOrder(this.tx, orderId);
    await this.lockOrders([orderId]);
    return this.orders.get(orderId) as OrderInKitchen;
  }

  /** Claims a slot for the ticket's step and tells the device. */
  assign(orderId: string, ticketId: string, { deviceId, bootId }: { deviceId: string; bootId: string }): void {
    const order = this.orders.get(orderId);
    const ticket = order?.tickets.find(({ id }) => id === ticketId);
    if (!order || ticket?.state.status !== 'QUEUED') return;
    const { step: index } = ticket.state;
    const step = ticket.steps[index];
    if (!step) return;
    const jobId = randomUUID();
    order.apply(ticketId, { do: 'assign', deviceId, jobId }, this.now);
    const job = { job_id: jobId, order_id: orderId, ticket_id: ticketId, device_id: deviceId, boot_id: null };
    this.#addedJobs.push(job);
    // Before the commit: the device may answer and send readings sooner than we hear of it.
    this.hints.jobsSeen([job]);
    const { targetCelsius, durationSeconds } = step;
    const portions = ticket.quantity;
    const food = { ticketId, step: index, targetCelsius, durationSeconds, portions };
    this.tell({ type: 'START_JOB', deviceId, bootId, jobId, ...food });
  }

  tell(command: Told): void {
    this.#commands.push({ ...command, commandId: randomUUID(), issuedAt: this.now });
  }

  /** The device answered: it need not be told again. */
  answered(commandId: string): void {
    this.#answered.add(commandId);
  }

  noteStart(jobId: string, bootId: string): void {
    const job = this.jobs.get(jobId);
    if (!job) return;
    job.boot_id = bootId;
    this.#acceptedJobs.set(jobId, bootId);
    this.orders.get(job.order_id)?.apply(job.ticket_id, { do: 'note-start', jobId }, this.now);
  }

  noteDone(jobId: string): void {
    const job = this.#end(jobId);
    if (job) this.orders.get(job.order_id)?.apply(job.ticket_id, { do: 'note-done', jobId }, this.now);
  }

  noteLoss(jobId: string, reason: string, counts = true): void {
    const job = this.#end(jobId);
    if (job) this.orders.get(job.order_id)?.apply(job.ticket_id, { do: 'note-loss', jobId, reason, counts }, this.now);
  }

  /** Takes the step back from a device that can't be reached; its job counts until it is known to be lost. */
  recall(jobId: string): void {
    const job = this.jobs.get(jobId);
    if (job) this.orders.get(job.order_id)?.apply(job.ticket_id, { do: 'recall', jobId }, this.now);
  }

  #end(jobId: string): JobRecord | undefined {
    const job = this.jobs.get(jobId);
    this.jobs.delete(jobId);
    this.#endedJobs.add(jobId);
    return job;
  }

  /** Writes everything that changed. The last thing in the transaction. */
  async flush(): Promise<void> {
    const orders = [...this.orders.values()];
    for (const { deviceId, jobId } of orders.flatMap(({ stops }) => stops)) {
      if (!this.#endedJobs.has(jobId)) this.tell({ type: 'STOP_JOB', deviceId, jobId });
    }
    const records = (pick: (order: OrderInKitchen) => Iterable<OrderInKitchen['tickets'][number]>) =>
      orders.flatMap((order) =>
        [...pick(order)].map((ticket) => recordOf(ticket, order.header.orderId, order.tickets.indexOf(ticket))),
      );
    const added = records((order) => order.added);
    const changed = records((order) => order.changed.difference(new Set(order.added)));
    await write.updateOrders(
      this.tx,
      orders.filter(({ headerChanged }) => headerChanged).map(({ header }) => header),
    );
    await write.insertTickets(this.tx, added);
    await write.updateTickets(this.tx, changed);
    await write.insertJobs(this.tx, this.#addedJobs);
    await write.acceptJobs(this.tx, this.#acceptedJobs);
    await write.deleteJobs(this.tx, this.#endedJobs);
    await write.deleteCommands(this.tx, this.#answered);
    await write.insertCommands(this.tx, this.#commands);
    await this.store.addToOutbox(
      this.tx,
      orders.flatMap((order) => this.#messagesOf(order)),
    );
    const touched = [...added, ...changed];
    this.store.afterCommit(this.tx, () => {
      if (touched.length > 0) this.hints.ticketsChanged(touched);
      for (const { outcomes } of orders)
        for (const outcome of outcomes)
          if (outcome.type === 'FAILED') this.hints.orderFailed(outcome.orderId, outcome.reason);
      if (this.#endedJobs.size > 0 || touched.some(({ status }) => status === 'QUEUED')) this.hints.stationsWanted();
      if (this.#commands.length > 0) this.hints.commandsWritten();
    });
  }

  /** What a message brought about is told under its ids; what a device or the time did, under those of the order. */
  #messagesOf({ outcomes, header: { orderId } }: OrderInKitchen) {
    const tell = () => outcomes.map(messageOf);
    if (outcomes.length === 0 || currentWork()?.orderId === orderId) return tell();
    return runInOrigin(this.#origins.get(orderId) ?? null, orderId, orderId, tell);
  }
}
