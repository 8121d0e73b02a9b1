import type { RecipeStep } from '@brigade/schema';
import { decide, type TicketCommand } from '../ticket/decide.ts';
import { evolve, type TicketEvent } from '../ticket/events.ts';
import { isUnderWay, type Ticket } from '../ticket/ticket.ts';

export type OrderStatus = 'WAITING' | 'QUEUED' | 'COOKING' | 'READY' | 'CANCELLED' | 'FAILED';

export interface OrderHeader {
  readonly orderId: string;
  /** Null until the order was placed, as far as the kitchen has heard. */
  customerId: string | null;
  status: OrderStatus;
  captured: boolean;
}

/** What others must be told. */
export type Outcome =
  | { type: 'STARTED'; orderId: string; ticketId: string }
  | { type: 'READY'; orderId: string }
  | { type: 'FAILED'; orderId: string; reason: string };

/**
 * The tickets of one order, which end together: the first that fails ends all. Collects what changed, which jobs are to
 * be stopped and what is to be told, for the store to write in one go.
 */
export class OrderInKitchen {
  readonly changed = new Set<Ticket>();
  readonly added: Ticket[] = [];
  readonly stops: { deviceId: string; jobId: string }[] = [];
  readonly outcomes: Outcome[] = [];
  headerChanged = false;

  constructor(
    readonly header: OrderHeader,
    readonly tickets: Ticket[],
  ) {}

  get hasEnded(): boolean {
    return ['READY', 'CANCELLED', 'FAILED'].includes(this.header.status);
  }

  /** Takes in who ordered what. Heard twice, or after the order was called off, it changes nothing but the customer. */
  place(customerId: string, tickets: readonly Ticket[]): void {
    if (this.header.customerId !== null) return;
    this.#setHeader({ customerId });
    if (this.hasEnded) return;
    this.tickets.push(...tickets);
    this.added.push(...tickets);
  }

  capture(): void {
    if (!this.header.captured) this.#setHeader({ captured: true });
  }

  /** Whether the tickets may go to the stations: paid, known, and not yet there. */
  get mayQueue(): boolean {
    return this.header.status === 'WAITING' && this.header.captured && this.header.customerId !== null;
  }

  /** Queues every ticket with its recipe; a dish without one fails the order. */
  queue(recipes: ReadonlyMap<string, readonly RecipeStep[]>, now: string): void {
    if (!this.mayQueue) return;
    this.#setHeader({ status: 'QUEUED' });
    for (const ticket of this.tickets) {
      const steps = recipes.get(ticket.dishId);
      if (!steps) return this.fail(`UNKNOWN_RECIPE: ${ticket.name}`, now);
      ticket.steps = steps;
    }
    for (const ticket of this.tickets) this.apply(ticket.id, { do: 'queue' }, now);
  }

  /** Called off: everything stops. Before anything else was heard, this is what a late capture finds. */
  cancel(status: 'CANCELLED' | 'FAILED', now: string): void {
    if (this.header.status === 'CANCELLED' || this.header.status === 'FAILED') return;
    this.#setHeader({ status });
    for (const ticket of this.tickets) this.apply(ticket.id, { do: 'cancel' }, now);
  }

  /** The kitchen can't cook it. */
  fail(reason: string, now: string): void {
    if (this.hasEnded) return;
    this.outcomes.push({ type: 'FAILED', orderId: this.header.orderId, reason });
    this.cancel('FAILED', now);
  }

  /** Lets a ticket decide, and draws what follows for the order. */
  apply(ticketId: string, command: TicketCommand, now: string): void {
    const ticket = this.tickets.find(({ id }) => id === ticketId);
    if (!ticket) return;
    for (const event of decide(command, ticket.state, ticket.steps.length)) {
      const before = ticket.state;
      ticket.state = evolve(before, event);
      this.changed.add(ticket);
      if (isUnderWay(before) && ['StepRecalled', 'TicketCancelled', 'TicketFailed'].includes(event.type)) {
        this.stops.push({ deviceId: before.deviceId, jobId: before.jobId });
      }
      this.#react(ticket, event, now);
    }
  }

  #react(ticket: Ticket, event: TicketEvent, now: string): void {
    const { orderId } = this.header;
    switch (event.type) {
      case 'TicketQueued':
        ticket.queuedAt = now;
        return;
      case 'StepAssigned':
        ticket.deviceId = event.deviceId;
        return;
      case 'StepStarted':
        ticket.startedAt ??= now;
        if (this.header.status !== 'QUEUED') return;
        this.#setHeader({ status: 'COOKING' });
        this.outcomes.push({ type: 'STARTED', orderId, ticketId: ticket.id });
        return;
      case 'TicketReady':
        ticket.readyAt = now;
        if (this.hasEnded || this.tickets.some(({ state }) => state.status !== 'READY')) return;
        this.#setHeader({ status: 'READY' });
        this.outcomes.push({ type: 'READY', orderId });
        return;
      case 'TicketFailed':
        this.fail(event.reason, now);
        return;
      case 'StepDone':
      case 'StepLost':
      case 'StepRecalled':
      case 'TicketCancelled':
        return;
      default:
        return event satisfies never;
    }
  }

  #setHeader(change: Partial<OrderHeader>): void {
    Object.assign(this.header, change);
    this.headerChanged = true;
  }
}
