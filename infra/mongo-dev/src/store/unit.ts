import { MongoError, writeConflict } from '../errors.ts';
import type { Doc } from '../values/document.ts';
import { type Collection, duplicateKey } from './collection.ts';
import type { HashIndex } from './hash-index.ts';

/** A plain command met a document that an open transaction has written: it runs again when that one ends. */
export class LockedByTransaction extends Error {
  readonly released: Promise<void>;
  constructor(released: Promise<void>) {
    super('waiting for a transaction');
    this.released = released;
  }
}

/** Writes of one collection that are not committed yet; null is a deletion. */
export interface Overlay {
  readonly docs: Map<string, Doc | null>;
  readonly keys: Map<HashIndex, Map<string, Set<string>>>;
}

/**
 * A unit of work: one plain command, or one transaction. It reads the committed documents as they were when it
 * began (`before` holds what others have replaced since) beneath its own writes, which nobody else sees.
 */
export class Unit {
  readonly writes = new Map<string, Overlay>();
  readonly before = new Map<string, Map<string, Doc | null>>();
  readonly ended = Promise.withResolvers<void>();
  readonly transactional: boolean;
  private readonly open: ReadonlySet<Unit>;

  /** `open` are the open transactions of the store. */
  constructor(open: ReadonlySet<Unit>, transactional: boolean) {
    this.open = open;
    this.transactional = transactional;
  }

  get(collection: Collection, id: string): Doc | undefined {
    const own = this.writes.get(collection.namespace)?.docs.get(id);
    if (own !== undefined) return own ?? undefined;
    const earlier = this.before.get(collection.namespace)?.get(id);
    return earlier !== undefined ? (earlier ?? undefined) : collection.docs.get(id);
  }

  /** The ids that the view has beside, or instead of, the committed ones. */
  *touched(collection: Collection): Generator<string> {
    yield* this.before.get(collection.namespace)?.keys() ?? [];
    yield* this.writes.get(collection.namespace)?.docs.keys() ?? [];
  }

  /** Adds a write to the unit. Throws a write conflict, a wait (see `LockedByTransaction`) or code 11000. */
  stage(collection: Collection, id: string, doc: Doc | null): void {
    const { namespace } = collection;
    for (const other of this.open) {
      if (other !== this && other.writes.get(namespace)?.docs.has(id)) this.yieldTo(other);
    }
    if (this.before.get(namespace)?.has(id)) throw writeConflict();
    const overlay = this.overlay(namespace);
    if (doc) for (const index of collection.indexes.values()) this.claim(collection, overlay, index, id, doc);
    overlay.docs.set(id, doc);
  }

  private overlay(namespace: string): Overlay {
    const overlay = this.writes.get(namespace) ?? { docs: new Map(), keys: new Map() };
    this.writes.set(namespace, overlay);
    return overlay;
  }

  private claim(collection: Collection, overlay: Overlay, index: HashIndex, id: string, doc: Doc): void {
    const keys = index.keysOf(doc);
    if (!index.spec.unique) return;
    for (const key of keys) {
      for (const holder of [...index.get(key), ...(overlay.keys.get(index)?.get(key) ?? [])]) {
        if (holder === id) continue;
        if (!overlay.docs.has(holder) && this.before.get(collection.namespace)?.has(holder)) throw writeConflict();
        const held = this.get(collection, holder);
        if (held && index.keysOf(held).includes(key)) throw duplicateKey(collection.namespace, index.spec, doc);
      }
      for (const other of this.open) {
        const holders = other === this ? undefined : other.writes.get(collection.namespace)?.keys.get(index)?.get(key);
        if (holders && [...holders].some((holder) => holder !== id)) this.yieldTo(other);
      }
    }
    const claimed = overlay.keys.get(index) ?? new Map<string, Set<string>>();
    for (const key of keys) claimed.set(key, (claimed.get(key) ?? new Set()).add(id));
    overlay.keys.set(index, claimed);
  }

  private yieldTo(other: Unit): never {
    if (this.transactional) throw writeConflict();
    throw new LockedByTransaction(other.ended.promise);
  }

  /** Refused inside a transaction; a plain command waits while any transaction writes to the namespace. */
  reserve(namespace: string): void {
    if (this.transactional)
      throw new MongoError(263, 'Collections and indexes cannot be changed inside a transaction here');
    for (const other of this.open) if (other.writes.has(namespace)) this.yieldTo(other);
  }
}
