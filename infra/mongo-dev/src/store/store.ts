import { calculateObjectSize } from 'bson';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { encode, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { Collection } from './collection.ts';
import { lockFolder } from './folder-lock.ts';
import type { IndexSpec } from './hash-index.ts';
import { Log, replaceLog } from './log.ts';
import type { LogRecord, SessionRecord } from './records.ts';
import { recover } from './recovery.ts';
import { Unit } from './unit.ts';

export type Logger = (message: string) => void;

/** Below this size a log is never compacted. */
const SMALL_LOG_BYTES = 1 << 20;
/** A log this many times larger than its live documents is rewritten on start. */
const COMPACT_FACTOR = 3;
/** Retries come within seconds; older outcomes of sessions are forgotten. */
const KEPT_SESSIONS = 1000;

/** All databases: committed documents in memory, every change in the log before it is acknowledged. */
export class Store {
  readonly collections = new Map<string, Collection>();
  readonly outcomes = new Map<string, SessionRecord>();
  private readonly transactions = new Set<Unit>();
  private log!: Log;
  private unlock!: () => Promise<void>;

  /** Locks the folder, replays its log (cutting a torn tail) and compacts it when it is mostly history. */
  static async open(folder: string, logger: Logger): Promise<Store> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const store = new Store();
    store.unlock = await lockFolder(folder);
    try {
      const path = join(folder, 'store.log');
      const { bytes, cut } = recover(path, (record) => store.replay(record as LogRecord));
      if (cut > 0)
        logger(
          `the log ended in a torn write: ${cut} bytes cut off behind ${bytes} good ones (kept as store.log.torn)`,
        );
      if (bytes > SMALL_LOG_BYTES && bytes > COMPACT_FACTOR * store.liveBytes()) {
        await replaceLog(path, store.snapshot());
        logger(`compacted the log (was ${bytes} bytes)`);
      }
      store.log = await Log.open(path);
      return store;
    } catch (error) {
      await store.unlock();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.unlock();
  }

  flushed(): Promise<void> {
    return this.log.flushed();
  }

  /** The collection, or an empty one that is not kept: reading does not create. */
  collection(namespace: string): Collection {
    return this.collections.get(namespace) ?? new Collection(namespace);
  }

  /** The collection, created when it is missing. */
  ensure(namespace: string): Collection {
    const collection = this.collection(namespace);
    this.collections.set(namespace, collection);
    return collection;
  }

  begin(transactional: boolean): Unit {
    const unit = new Unit(this.transactions, transactional);
    if (transactional) this.transactions.add(unit);
    return unit;
  }

  abort(unit: Unit): void {
    this.transactions.delete(unit);
    unit.ended.resolve();
  }

  /** Makes a unit's writes visible and durable as one frame, together with the outcome of its session. */
  commit(unit: Unit, outcome?: SessionRecord): Promise<void> {
    const records: LogRecord[] = [];
    for (const [ns, { docs }] of unit.writes) {
      const collection = this.ensure(ns);
      for (const [id, doc] of docs) {
        const old = collection.docs.get(id);
        if (!old && !doc) continue;
        this.preserve(ns, id, old, unit);
        collection.apply(id, doc);
        records.push(doc ? { t: 'put', ns, doc } : { t: 'del', ns, id: old!._id });
      }
    }
    if (outcome) {
      this.remember(outcome);
      records.push({ t: 'session', ...outcome });
    }
    this.abort(unit);
    return records.length > 0 ? this.write(records) : this.flushed();
  }

  create(namespace: string): Promise<void> {
    this.ensure(namespace);
    return this.write([{ t: 'create', ns: namespace }]);
  }

  drop(namespace: string): Promise<void> {
    const collection = this.collection(namespace);
    for (const [id, doc] of collection.docs) this.preserve(namespace, id, doc);
    this.collections.delete(namespace);
    return this.write([{ t: 'drop', ns: namespace }]);
  }

  addIndex(namespace: string, spec: IndexSpec): Promise<void> {
    this.ensure(namespace).addIndex(spec);
    return this.write([{ t: 'index', ns: namespace, spec }]);
  }

  dropIndex(namespace: string, name: string): Promise<void> {
    this.collection(namespace).dropIndex(name);
    return this.write([{ t: 'unindex', ns: namespace, name }]);
  }

  private write(records: LogRecord[]): Promise<void> {
    return this.log.append(records.map((record) => encode(record as unknown as Doc)));
  }

  /** Keeps the replaced version for the transactions whose snapshot shows it. */
  private preserve(namespace: string, id: string, old: Doc | undefined, writer?: Unit): void {
    for (const other of this.transactions) {
      if (other === writer) continue;
      const before = other.before.get(namespace) ?? new Map<string, Doc | null>();
      if (!before.has(id)) before.set(id, old ?? null);
      other.before.set(namespace, before);
    }
  }

  private remember(outcome: SessionRecord): void {
    this.outcomes.delete(outcome.session);
    this.outcomes.set(outcome.session, outcome);
    if (this.outcomes.size > KEPT_SESSIONS) this.outcomes.delete(this.outcomes.keys().next().value!);
  }

  private replay(record: LogRecord): void {
    switch (record.t) {
      case 'put':
        return this.ensure(record.ns).apply(keyOf(record.doc._id), record.doc);
      case 'del':
        return this.ensure(record.ns).apply(keyOf(record.id), null);
      case 'create':
        return void this.ensure(record.ns);
      case 'drop':
        return void this.collections.delete(record.ns);
      case 'index':
        return this.ensure(record.ns).addIndex(record.spec);
      case 'unindex':
        return this.ensure(record.ns).dropIndex(record.name);
      case 'session': {
        const { session, txnNumber, reply } = record;
        return this.remember({ session, txnNumber, reply });
      }
      default:
        throw new Error(`the log holds a record of unknown kind: ${JSON.stringify(record satisfies never)}`);
    }
  }

  private liveBytes(): number {
    let bytes = 0;
    for (const { docs } of this.collections.values())
      for (const doc of docs.values()) bytes += calculateObjectSize(doc);
    return bytes;
  }

  /** The shortest log with the same result, a frame per record. */
  private *snapshot(): Generator<Uint8Array[]> {
    const one = (record: LogRecord) => [encode(record as unknown as Doc)];
    for (const [ns, { docs, specs }] of this.collections) {
      yield one({ t: 'create', ns });
      for (const spec of specs.values()) if (spec.name !== '_id_') yield one({ t: 'index', ns, spec });
      for (const doc of docs.values()) yield one({ t: 'put', ns, doc });
    }
    for (const outcome of this.outcomes.values()) yield one({ t: 'session', ...outcome });
  }
}
