import { EventStore, type PostgresOrm } from '@brigade/service-kit';
import type { Deadlines } from '../order/deadlines.ts';
import type { OrderEvent } from '../order/events.ts';
import { project, type Projection } from '../read-models/project.ts';
import { OrderViewSchema, type OrderViewRow } from './entities.ts';
import { eventEvolution } from './event-evolution.ts';

/** Orders as they stood after each of their changes: their streams, folded as far as each change. */
export class OrderHistory {
  readonly #events = new EventStore<OrderEvent>(eventEvolution);

  constructor(
    private readonly orm: PostgresOrm,
    private readonly deadlines: Deadlines,
  ) {}

  /** The order as each change after a version left it, oldest first. */
  async after(id: string, version: number): Promise<OrderViewRow[]> {
    let projection: Projection | undefined;
    const views: OrderViewRow[] = [];
    for (const recorded of await this.#events.read(this.orm.em.fork(), id)) {
      projection = project(projection, [recorded], this.deadlines);
      if (recorded.version > version) views.push(projection.view);
    }
    return views;
  }

  /** How far orders are, by id. */
  async versions(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.orm.em
      .fork()
      .find(OrderViewSchema, { id: { $in: [...new Set(ids)] } }, { fields: ['id', 'version'] });
    return new Map(rows.map((row) => [row.id, row.version]));
  }
}
