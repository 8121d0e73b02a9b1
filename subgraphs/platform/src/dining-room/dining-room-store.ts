import type { PostgresOrm } from '@brigade/service-kit';

/** An instance that has not been heard of for so long does not run the room any more, seconds. */
const LEASE_SECONDS = 20;

/** How the room stands, the same for all instances. */
export interface Room {
  readonly open: boolean;
  readonly ordersPerMinute: number;
  readonly seed: number;
  readonly ordersPlaced: number;
  readonly ordersRefused: number;
  readonly openedAt: Date | null;
  /** A new id whenever the orders begin from the seed again. */
  readonly run: string;
  /** Which order of this run is the next, from 0 on. */
  readonly step: number;
}

/** What is not said stays as it is. */
export interface RoomChange {
  readonly open: boolean;
  readonly ordersPerMinute?: number | undefined;
  readonly seed?: number | undefined;
}

interface RoomRow {
  open: boolean;
  orders_per_minute: number;
  seed: number;
  orders_placed: number;
  orders_refused: number;
  opened_at: Date | string | null;
  run: string;
  step: number;
}

/** The room in its one row: it outlives restarts, and one instance at a time holds it. */
export class DiningRoomStore {
  constructor(private readonly orm: PostgresOrm) {}

  async read(): Promise<Room> {
    const [row] = await this.#execute('select * from dining_room');
    return roomFrom(row as RoomRow);
  }

  /** Opening begins to count anew; opening, or another seed, begins with the seed's first order. */
  async change({ open, ordersPerMinute, seed }: RoomChange): Promise<Room> {
    const [row] = await this.#execute(
      `update dining_room set
         open = c.open,
         orders_per_minute = coalesce(c.pace, orders_per_minute),
         seed = coalesce(c.seed, dining_room.seed),
         orders_placed = case when c.begins then 0 else orders_placed end,
         orders_refused = case when c.begins then 0 else orders_refused end,
         opened_at = case when c.begins then now() when c.open then opened_at end,
         run = case when c.begins or c.reseeds then gen_random_uuid() else run end,
         step = case when c.begins or c.reseeds then 0 else step end
       from (
         select g.open, g.pace, g.seed, g.open and not d.open as begins, coalesce(g.seed <> d.seed, false) as reseeds
         from dining_room d, (select ?::boolean as open, ?::int as pace, ?::int as seed) g for update of d
       ) c
       returning dining_room.*`,
      [open, ordersPerMinute ?? null, seed ?? null],
    );
    return roomFrom(row as RoomRow);
  }

  /** Takes or keeps the room for an instance; undefined while it is closed or another one has it. */
  async hold(instance: string): Promise<Room | undefined> {
    const [row] = await this.#execute(
      `update dining_room set held_by = ?, held_until = now() + ? * interval '1 second'
       where open and (held_by = ? or held_until is null or held_until < now()) returning *`,
      [instance, LEASE_SECONDS, instance],
    );
    return row && roomFrom(row);
  }

  async release(instance: string): Promise<void> {
    await this.#execute('update dining_room set held_by = null, held_until = null where held_by = ?', [instance]);
  }

  /** Writes down what became of an order, once. */
  async count({ run, step }: Room, outcome: 'placed' | 'refused'): Promise<void> {
    await this.#execute(
      `update dining_room set step = step + 1, orders_placed = orders_placed + ?, orders_refused = orders_refused + ?
       where run = ? and step = ?`,
      [outcome === 'placed' ? 1 : 0, outcome === 'refused' ? 1 : 0, run, step],
    );
  }

  #execute(sql: string, parameters: unknown[] = []): Promise<RoomRow[]> {
    return this.orm.em.fork().execute<RoomRow[]>(sql, parameters);
  }
}

const roomFrom = (row: RoomRow): Room => ({
  open: row.open,
  ordersPerMinute: row.orders_per_minute,
  seed: row.seed,
  ordersPlaced: row.orders_placed,
  ordersRefused: row.orders_refused,
  openedAt: row.opened_at === null ? null : new Date(row.opened_at),
  run: row.run,
  step: row.step,
});
