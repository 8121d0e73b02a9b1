import { MongoClient } from 'mongodb';
import pg from 'pg';
import type { Arena } from '../arena/arena.ts';
import type { subgraphProcesses } from '../arena/process-names.ts';

export type SqlDatabase = Exclude<(typeof subgraphProcesses)[number], 'menu'>;

const WITH_OUTBOX = ['identity', 'orders', 'inventory', 'payments', 'kitchen'] as const;

/** The databases of the copy, asked directly: past the proxies, the services and their read models. */
export class Databases {
  readonly #arena: Arena;
  readonly #pools = new Map<string, pg.Pool>();
  #mongo: MongoClient | undefined;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  async rows<R extends pg.QueryResultRow>(database: SqlDatabase, sql: string, values: unknown[] = []): Promise<R[]> {
    const { rows } = await this.#pool(database).query<R>(sql, values);
    return rows;
  }

  async count(database: SqlDatabase, from: string): Promise<number> {
    const [row] = await this.rows<{ count: string }>(database, `select count(*) as count from ${from}`);
    return Number(row?.count ?? 0);
  }

  /** Messages in every outbox, by the service that it belongs to. */
  async outboxes(): Promise<Record<string, number>> {
    const counts = await Promise.all([
      this.#mongoOutbox().then((count) => ['menu', count] as const),
      ...WITH_OUTBOX.map(async (name) => [name, await this.count(name, 'outbox')] as const),
    ]);
    return Object.fromEntries(counts);
  }

  async close(): Promise<void> {
    await Promise.all([this.#mongo?.close(), ...[...this.#pools.values()].map((pool) => pool.end())]);
    this.#pools.clear();
    this.#mongo = undefined;
  }

  #mongoOutbox(): Promise<number> {
    this.#mongo ??= new MongoClient(this.#arena.direct.mongo, { serverSelectionTimeoutMS: 5_000 });
    return this.#mongo.db('chaos_menu').collection('outbox').countDocuments({});
  }

  #pool(database: string): pg.Pool {
    const known = this.#pools.get(database);
    if (known) return known;
    const url = new URL(this.#arena.direct.postgres);
    url.pathname = `/chaos_${database}`;
    const pool = new pg.Pool({ connectionString: url.href, max: 2, connectionTimeoutMillis: 5_000 });
    pool.on('error', () => {}); // the server was killed: the next question opens a new connection
    this.#pools.set(database, pool);
    return pool;
  }
}
