import type { EventBus, Logger } from '@brigade/service-kit';
import { orderFromView } from '../graphql/order-from-view.ts';
import type { Order } from '../graphql/order.type.ts';
import type { OrderHistory } from '../store/order-history.ts';
import type { OrderViewRow } from '../store/entities.ts';
import { OrderChanges } from './order-changes.ts';

/** Every change of every order. */
const EVERY_ORDER = 'orders';
const topicOf = (id: string): string => `order:${id}`;

export interface OrderFeedOptions {
  readonly bus: Pick<EventBus, 'publish' | 'listen' | 'subscribe'>;
  readonly history: OrderHistory;
  readonly log: Logger;
}

/**
 * Changes of orders on their way to this process's subscribers. The bus brings them at once and may lose them; the store
 * has all of them, and is looked at when one is missing and, every now and then, for those of which nobody told.
 */
export class OrderFeed {
  readonly #options: OrderFeedOptions;
  readonly #followed = new Set<OrderChanges<Order>>();

  constructor(options: OrderFeedOptions) {
    this.#options = options;
  }

  /** Tells every instance's subscribers of a change. */
  tell(view: OrderViewRow): void {
    const order = orderFromView(view);
    for (const topic of [topicOf(view.id), EVERY_ORDER]) void this.#options.bus.publish(topic, order);
  }

  /** Each change of any order, as the bus brings it: what happens while the bus is away is not told. */
  all(): AsyncIterableIterator<Order> {
    return this.#options.bus.subscribe<Order>(EVERY_ORDER);
  }

  /** The changes of an order after a version, each as it left the order. */
  follow({ id, version }: Pick<OrderViewRow, 'id' | 'version'>, after: number): OrderChanges<Order> {
    const { bus, history, log } = this.#options;
    const changes = new OrderChanges<Order>({
      orderId: id,
      after,
      log,
      read: async (last) => (await history.after(id, last)).map(orderFromView),
      onEnd: () => {
        this.#followed.delete(changes);
        listening.then((stop) => stop()).catch((err: unknown) => log.warn({ err }, 'the bus has closed'));
      },
    });
    this.#followed.add(changes);
    const listening = bus.listen<Order>(topicOf(id), (order) => changes.tell(order));
    // Heard from now on; what came before is in the store.
    listening.then(() => changes.catchUp()).catch((err: unknown) => log.warn({ err }, 'the bus has closed'));
    if (version > after) void changes.catchUp();
    return changes;
  }

  /** Catches up whoever has not been told of everything that the store has. Always answers false: there is no more to do. */
  async sweep(): Promise<boolean> {
    if (this.#followed.size === 0) return false;
    const versions = await this.#options.history.versions([...this.#followed].map(({ orderId }) => orderId));
    const behind = [...this.#followed].filter(({ orderId, last }) => (versions.get(orderId) ?? 0) > last);
    await Promise.all(behind.map((changes) => changes.catchUp()));
    return false;
  }
}
