import type { Envelope } from '@brigade/schema';
import {
  EventStore,
  NotFound,
  currentWork,
  failpoint,
  type EntityManager,
  type PostgresMessageStore,
} from '@brigade/service-kit';
import { messagesOf } from '../messaging/publishes.ts';
import type { Deadlines } from '../order/deadlines.ts';
import type { OrderEvent } from '../order/events.ts';
import type { Order } from '../order/order.ts';
import { project, type Projection } from '../read-models/project.ts';
import { TimelineSchema, OrderViewSchema, type OrderViewRow } from './entities.ts';
import { eventEvolution } from './event-evolution.ts';

export type Decision = (order: Order) => OrderEvent[];

/** Loads an order from its stream, lets someone decide, and stores events, read models and messages in one transaction. */
export class OrderRepository {
  readonly #events = new EventStore<OrderEvent>(eventEvolution);

  constructor(
    private readonly store: PostgresMessageStore,
    private readonly deadlines: Deadlines,
    private readonly onChanged: (view: OrderViewRow) => void,
  ) {}

  transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.store.transaction(work);
  }

  /** Starts a stream. The id must be new. */
  async create(tx: EntityManager, orderId: string, events: readonly OrderEvent[]): Promise<OrderViewRow> {
    return this.#record(tx, orderId, 0, undefined, events);
  }

  /**
   * @throws NotFound when there is no such order, ConcurrencyConflict when it changed meanwhile (the transaction is
   *   then tried again), and whatever `decide` throws
   */
  async change(tx: EntityManager, orderId: string, decide: Decision): Promise<OrderViewRow> {
    const history = await this.#events.read(tx, orderId);
    if (history.length === 0) throw new NotFound(`There is no order ${orderId}.`);
    const before = project(undefined, history, this.deadlines);
    const events = decide(before.order);
    if (events.length === 0) return before.view;
    return this.#record(tx, orderId, history.length, before, events);
  }

  async #record(
    tx: EntityManager,
    orderId: string,
    version: number,
    before: Projection | undefined,
    events: readonly OrderEvent[],
  ): Promise<OrderViewRow> {
    const work = currentWork();
    const meta = { correlationId: work?.correlationId ?? orderId, causationId: work?.causationId ?? orderId };
    const recorded = await this.#events.append(tx, orderId, version, events, meta);
    await failpoint('projection.inside', { service: 'orders' });
    const { view, timeline } = project(before, recorded, this.deadlines);
    if (before) await tx.nativeUpdate(OrderViewSchema, { id: orderId }, view);
    else await tx.insert(OrderViewSchema, view);
    await tx.insertMany(TimelineSchema, timeline.slice(version));
    const messages: Envelope[] = events.flatMap((event) => messagesOf(orderId, event));
    await this.store.addToOutbox(tx, messages);
    this.store.afterCommit(tx, () => this.onChanged(view));
    return view;
  }
}
