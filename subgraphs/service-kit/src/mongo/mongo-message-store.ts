import { randomUUID } from 'node:crypto';
import { envelopeSchema, type Envelope } from '@brigade/schema';
import { failpoint } from '../failpoints/failpoints.ts';
import { CommitHooks } from '../messaging/commit-hooks.ts';
import { Deadline, MAX_DRAIN_MS, leaseMs } from '../messaging/drain-window.ts';
import type { DrainResult, MessageStore, OutboxStats, PublishBatch } from '../messaging/message-store.ts';
import { retryConflicts } from '../messaging/retry-conflicts.ts';
import type { MongoEntityManager, MongoOrm } from './connect-mongo.ts';

interface OutboxDocument {
  _id: string;
  /** Microseconds since the epoch at which the message was added; ids break ties. */
  seq: number;
  subject: string;
  message: unknown;
  createdAt: Date;
}

const DUPLICATE_KEY = 11_000;

/** Outbox and inbox in MongoDB. The transaction handle is MikroORM's EntityManager. */
export class MongoMessageStore implements MessageStore<MongoEntityManager> {
  readonly #owner = randomUUID();
  readonly #hooks = new CommitHooks<MongoEntityManager>();
  readonly #listeners: (() => void)[] = [];
  readonly #outboxWritten = () => this.#listeners.forEach((listener) => listener());
  #lastSeq = 0;

  /**
   * @param service whose store it is: what failpoints and logs call it
   * @param maxDrainMs how long a relay may publish one batch
   */
  constructor(
    private readonly orm: MongoOrm,
    private readonly service: string,
    private readonly maxDrainMs = MAX_DRAIN_MS,
  ) {}

  async transaction<T>(work: (tx: MongoEntityManager) => Promise<T>): Promise<T> {
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

  /** In a transaction a duplicate key aborts it, so look first; a race of two is a write conflict, which is retried. */
  async acceptOnce(tx: MongoEntityManager, messageId: string): Promise<boolean> {
    const inbox = this.#collection<{ _id: string; acceptedAt: Date }>('inbox');
    const session = tx.getTransactionContext();
    if (await inbox.findOne({ _id: messageId }, { session })) return false;
    await inbox.insertOne({ _id: messageId, acceptedAt: new Date() }, { session });
    return true;
  }

  async addToOutbox(tx: MongoEntityManager, messages: readonly Envelope[]): Promise<void> {
    if (messages.length === 0) return;
    const createdAt = new Date();
    await this.#outbox.insertMany(
      messages.map((message) => ({
        _id: message.id,
        seq: this.#nextSeq(),
        subject: message.subject,
        message,
        createdAt,
      })),
      { session: tx.getTransactionContext() },
    );
    this.afterCommit(tx, this.#outboxWritten);
  }

  async drainOutbox(limit: number, publish: PublishBatch): Promise<DrainResult> {
    const deadline = new Deadline(this.maxDrainMs); // before the lease begins
    if (!(await this.#holdLease())) return 'contended';
    const documents = await this.#outbox.find({}).sort({ seq: 1, _id: 1 }).limit(limit).toArray();
    if (documents.length === 0) return 'drained';
    const messages = documents.map(({ message }) => envelopeSchema.parse(message) as Envelope);
    const confirmed = await publish(messages, deadline);
    if (confirmed.size === 0) return 'stuck';
    await this.#outbox.deleteMany({ _id: { $in: [...confirmed] } });
    await failpoint('outbox.after-mark', { service: this.service });
    return confirmed.size === documents.length && documents.length < limit ? 'drained' : 'progress';
  }

  async outboxStats(): Promise<OutboxStats> {
    const [depth, oldest] = await Promise.all([
      this.#outbox.countDocuments({}),
      this.#outbox.find({}).sort({ createdAt: 1 }).limit(1).toArray(),
    ]);
    return {
      depth,
      oldestAgeSeconds: oldest[0] ? Math.max(0, (Date.now() - oldest[0].createdAt.getTime()) / 1_000) : 0,
    };
  }

  async trimInbox(before: Date): Promise<number> {
    const { deletedCount } = await this.#collection('inbox').deleteMany({ acceptedAt: { $lt: before } });
    return deletedCount;
  }

  afterCommit(tx: MongoEntityManager, callback: () => void): void {
    this.#hooks.add(tx, callback);
  }

  onOutboxWritten(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /**
   * One relay at a time drains the outbox: it holds a lease, longer than a batch, that it renews with every batch. Times
   * are the server's: the clocks of two processes differ.
   */
  async #holdLease(): Promise<boolean> {
    const { localTime: now } = (await this.#db.command({ hello: 1 })) as unknown as { localTime: Date };
    try {
      const taken = await this.#collection<{ _id: string; owner: string; until: Date }>(
        'outbox_lease',
      ).findOneAndUpdate(
        { _id: 'relay', $or: [{ owner: this.#owner }, { until: { $lt: now } }] },
        { $set: { owner: this.#owner, until: new Date(now.getTime() + leaseMs(this.maxDrainMs)) } },
        { upsert: true, returnDocument: 'after' },
      );
      return taken?.owner === this.#owner;
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  #nextSeq(): number {
    this.#lastSeq = Math.max(this.#lastSeq + 1, Math.round((performance.timeOrigin + performance.now()) * 1_000));
    return this.#lastSeq;
  }

  get #outbox() {
    return this.#collection<OutboxDocument>('outbox');
  }

  #collection<T extends object>(name: string) {
    return this.#db.collection<T & { _id: string }>(name);
  }

  get #db() {
    return this.orm.em.getDriver().getConnection().getDb();
  }
}
