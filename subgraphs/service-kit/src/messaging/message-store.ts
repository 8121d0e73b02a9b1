import type { Envelope } from '@brigade/schema';
import type { Deadline } from './drain-window.ts';

export interface OutboxStats {
  depth: number;
  /** Age of the oldest message, seconds; 0 when empty. */
  oldestAgeSeconds: number;
}

/**
 * Publishes messages and answers the ids of those that the broker confirmed before the deadline; then the store's
 * transaction or lease ends, and another relay may begin. Must not throw for single failures.
 */
export type PublishBatch = (messages: readonly Envelope[], deadline: Deadline) => Promise<ReadonlySet<string>>;

/**
 * - `drained`: there was nothing left when it looked
 * - `progress`: there may be more
 * - `stuck`: the broker confirmed nothing of the batch
 * - `contended`: another relay is draining this database
 */
export type DrainResult = 'drained' | 'progress' | 'stuck' | 'contended';

/**
 * The outbox and the inbox, in the same database and the same transactions as the state that they belong to.
 * One contract, one suite (`tests/message-store.int.test.ts`), an adapter for each database.
 */
export interface MessageStore<Tx> {
  /**
   * Runs `work` in one transaction. Lost races (optimistic locks, serialisation failures, deadlocks) are tried again
   * from the start, up to five times, so `work` must read what it decides on.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;

  /** Answers true for the first transaction to see this message id, false for every later one. */
  acceptOnce(tx: Tx, messageId: string): Promise<boolean>;

  /** The messages leave after the transaction commits, in this order for each subject. */
  addToOutbox(tx: Tx, messages: readonly Envelope[]): Promise<void>;

  /** Calls back once `tx` has committed, and never if it fails. */
  afterCommit(tx: Tx, callback: () => void): void;

  /**
   * Takes up to `limit` messages, oldest first, and deletes those that `publish` confirmed. Only one caller drains a
   * database at a time, so a subject's messages leave in order however many relays there are; the others are told
   * `contended`. A batch ends before what keeps others away does. Nothing is skipped when a transaction commits late, because rows are deleted, not passed by.
   */
  drainOutbox(limit: number, publish: PublishBatch): Promise<DrainResult>;

  outboxStats(): Promise<OutboxStats>;

  /** Forgets message ids that were accepted before `before`; answers how many. */
  trimInbox(before: Date): Promise<number>;

  /** Calls back after a transaction that wrote to the outbox has committed. A hint only. */
  onOutboxWritten(listener: () => void): void;
}
