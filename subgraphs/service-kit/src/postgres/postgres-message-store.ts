import { envelopeSchema, type Envelope } from '@brigade/schema';
import { failpoint } from '../failpoints/failpoints.ts';
import { CommitHooks } from '../messaging/commit-hooks.ts';
import { Deadline, MAX_DRAIN_MS } from '../messaging/drain-window.ts';
import type { DrainResult, MessageStore, OutboxStats, PublishBatch } from '../messaging/message-store.ts';
import { retryConflicts } from '../messaging/retry-conflicts.ts';
import type { EntityManager, PostgresOrm } from './connect-postgres.ts';

/** Any constant will do: advisory locks are per database. */
const RELAY_LOCK = 7_366_001;

/** Outbox and inbox in PostgreSQL. The transaction handle is MikroORM's EntityManager. */
export class PostgresMessageStore implements MessageStore<EntityManager> {
  readonly #hooks = new CommitHooks<EntityManager>();
  readonly #listeners: (() => void)[] = [];
  readonly #outboxWritten = () => this.#listeners.forEach((listener) => listener());

  /**
   * @param service whose store it is: what failpoints and logs call it
   * @param maxDrainMs how long a relay may publish one batch, less than its connection lets a transaction idle
   */
  constructor(
    private readonly orm: PostgresOrm,
    private readonly service: string,
    private readonly maxDrainMs = MAX_DRAIN_MS,
  ) {}

  async transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const { result, hooks } = await retryConflicts(() =>
      this.orm.em.fork().transactional(async (tx) => {
        const result = await work(tx);
        return { result, hooks: this.#hooks.take(tx) };
      }),
    );
    await failpoint('store.after-commit', { service: this.service });
    for (const hook of hooks) hook();
    return result;
  }

  async acceptOnce(tx: EntityManager, messageId: string): Promise<boolean> {
    const rows = await tx.execute<{ message_id: string }[]>(
      'insert into inbox (message_id) values (?) on conflict do nothing returning message_id',
      [messageId],
    );
    return rows.length === 1;
  }

  async addToOutbox(tx: EntityManager, messages: readonly Envelope[]): Promise<void> {
    if (messages.length === 0) return;
    const rows = messages.map((message) => ({ id: message.id, subject: message.subject, message }));
    await tx.execute(
      `insert into outbox (id, subject, message)
       select (r->>'id')::uuid, r->>'subject', r->'message'
       from jsonb_array_elements(?::jsonb) with ordinality as rows(r, n) order by n`,
      [JSON.stringify(rows)],
    );
    this.afterCommit(tx, this.#outboxWritten);
  }

  drainOutbox(limit: number, publish: PublishBatch): Promise<DrainResult> {
    return this.orm.em.fork().transactional(async (tx) => {
      const [lock] = await tx.execute<{ held: boolean }[]>('select pg_try_advisory_xact_lock(?) as held', [RELAY_LOCK]);
      if (!lock?.held) return 'contended';
      const rows = await tx.execute<{ message: unknown }[]>('select message from outbox order by seq limit ?', [limit]);
      if (rows.length === 0) return 'drained';
      const deadline = new Deadline(this.maxDrainMs);
      const messages = rows.map(({ message }) => envelopeSchema.parse(message) as Envelope);
      const confirmed = await publish(messages, deadline);
      if (confirmed.size === 0) return 'stuck';
      await tx.execute('delete from outbox where id = any(?::uuid[])', [`{${[...confirmed].join(',')}}`]);
      await failpoint('outbox.after-mark', { service: this.service });
      return confirmed.size === rows.length && rows.length < limit ? 'drained' : 'progress';
    });
  }

  async outboxStats(): Promise<OutboxStats> {
    const [row] = await this.orm.em
      .fork()
      .execute<{ depth: string; age: string | null }[]>(
        'select count(*) as depth, extract(epoch from now() - min(created_at)) as age from outbox',
      );
    return { depth: Number(row?.depth ?? 0), oldestAgeSeconds: Math.max(0, Number(row?.age ?? 0)) };
  }

  async trimInbox(before: Date): Promise<number> {
    const rows = await this.orm.em
      .fork()
      .execute<unknown[]>('delete from inbox where accepted_at < ? returning message_id', [before]);
    return rows.length;
  }

  afterCommit(tx: EntityManager, callback: () => void): void {
    this.#hooks.add(tx, callback);
  }

  onOutboxWritten(listener: () => void): void {
    this.#listeners.push(listener);
  }
}
