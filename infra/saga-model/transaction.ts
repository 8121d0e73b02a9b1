import type { Envelope } from '@brigade/schema';

/** Collects what a transaction writes; nothing of it is there before the commit. */
export class Transaction {
  readonly messages: Envelope[] = [];
  readonly #writes: (() => void)[] = [];

  set<K, V>(table: Map<K, V>, key: K, value: V): void {
    this.#writes.push(() => table.set(key, value));
  }

  delete<K, V>(table: Map<K, V>, key: K): void {
    this.#writes.push(() => table.delete(key));
  }

  say(...messages: Envelope[]): void {
    this.messages.push(...messages);
  }

  commit(): void {
    for (const write of this.#writes) write();
  }
}

/** What becomes of a transaction. The process is back at once: its memory is in its database. */
export type Fate = 'commit' | 'crash-before-commit' | 'crash-after-commit';

/** A service of the saga: its database with outbox and inbox, and what it does with a message. */
export abstract class Participant {
  outbox: Envelope[] = [];
  readonly #inbox = new Map<string, true>();

  constructor(private readonly delivery: { inbox: boolean; outbox: boolean }) {}

  protected abstract handle(message: Envelope<{ orderId: string }>, tx: Transaction): void;

  /** Does something all or not at all. Rows are replaced, never changed in place. */
  transact(work: (tx: Transaction) => void, fate: Fate = 'commit'): void {
    const tx = new Transaction();
    work(tx);
    if (fate === 'crash-before-commit') return;
    tx.commit();
    // Without an outbox messages are sent after the commit, and a crash between the two loses them.
    if (this.delivery.outbox || fate === 'commit') this.outbox.push(...tx.messages);
  }

  /** Takes a message in, once, whatever the number of its deliveries. */
  receive(message: Envelope, fate: Fate): void {
    if (this.delivery.inbox && this.#inbox.has(message.id)) return;
    this.transact((tx) => {
      tx.set(this.#inbox, message.id, true);
      this.handle(message as Envelope<{ orderId: string }>, tx);
    }, fate);
  }
}
