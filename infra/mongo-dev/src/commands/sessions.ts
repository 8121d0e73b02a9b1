import { MongoError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Unit } from '../store/unit.ts';
import { isDocument, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';

/** MongoDB's default transactionLifetimeLimitSeconds. */
const LIFETIME_MS = 60_000;

interface Transaction {
  readonly txnNumber: bigint;
  /** Undefined once it has ended. */
  unit: Unit | undefined;
  readonly started: number;
}

const noSuchTransaction = (number: unknown) =>
  new MongoError(251, `Given transaction number ${String(number)} does not match any in-progress transactions`, {}, [
    'TransientTransactionError',
  ]);

/** The open transaction of each logical session. */
export class Sessions {
  private readonly store: Store;
  private readonly transactions = new Map<string, Transaction>();

  constructor(store: Store) {
    this.store = store;
  }

  /** The unit that a command in a transaction works in. Throws code 251 when there is none (any more). */
  join(command: Doc): Unit {
    const session = sessionOf(command);
    const txnNumber = BigInt(String(command.txnNumber));
    const current = this.transactions.get(session);
    if (current && txnNumber < current.txnNumber)
      throw new MongoError(
        225,
        `Cannot start transaction ${txnNumber} because a newer one ${current.txnNumber} has started`,
      );
    if (command.startTransaction !== true) {
      if (current?.txnNumber !== txnNumber || !current.unit) throw noSuchTransaction(command.txnNumber);
      return current.unit;
    }
    if (current?.unit) this.store.abort(current.unit);
    const unit = this.store.begin(true);
    this.transactions.set(session, { txnNumber, unit, started: Date.now() });
    return unit;
  }

  /** Commits durably; a repeated commit of the same transaction is answered again (drivers retry it). */
  async commit(command: Doc): Promise<Doc> {
    const session = sessionOf(command);
    const txnNumber = String(command.txnNumber);
    const transaction = this.transactions.get(session);
    if (transaction?.unit && String(transaction.txnNumber) === txnNumber) {
      const { unit } = transaction;
      transaction.unit = undefined;
      await this.store.commit(unit, { session, txnNumber, reply: { ok: 1 } });
      return { ok: 1 };
    }
    const outcome = this.store.outcomes.get(session);
    if (outcome?.txnNumber !== txnNumber) throw noSuchTransaction(txnNumber);
    await this.store.flushed();
    return { ok: 1 };
  }

  abort(command: Doc): Doc {
    const session = sessionOf(command);
    const txnNumber = String(command.txnNumber);
    if (this.store.outcomes.get(session)?.txnNumber === txnNumber)
      throw new MongoError(256, `Transaction ${txnNumber} has been committed.`);
    const transaction = this.transactions.get(session);
    if (!transaction?.unit || String(transaction.txnNumber) !== txnNumber) throw noSuchTransaction(txnNumber);
    this.release(transaction);
    return { ok: 1 };
  }

  /** Ends the transaction of a session whose command failed, as the server does. */
  abandon(command: Doc): void {
    const transaction = this.transactions.get(sessionOf(command));
    if (transaction?.unit) this.release(transaction);
  }

  end(sessions: readonly unknown[]): void {
    for (const lsid of sessions) {
      const transaction = this.transactions.get(keyOf(lsid));
      if (transaction?.unit) this.release(transaction);
      this.transactions.delete(keyOf(lsid));
    }
  }

  /** Aborts what has been open for longer than a minute, so that a dead client holds no lock for ever. */
  sweep(now: number): void {
    for (const [session, transaction] of this.transactions) {
      if (now - transaction.started <= LIFETIME_MS) continue;
      if (transaction.unit) this.release(transaction);
      this.transactions.delete(session);
    }
  }

  private release(transaction: Transaction): void {
    this.store.abort(transaction.unit!);
    transaction.unit = undefined;
  }
}

/** The key of a command's logical session. Throws code 2 when it carries none. */
export function sessionOf(command: Doc): string {
  if (!isDocument(command.lsid) || command.txnNumber === undefined)
    throw new MongoError(2, 'Transaction numbers are only allowed with a session');
  return keyOf(command.lsid);
}
