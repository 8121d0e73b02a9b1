import { calculateObjectSize, Long } from 'bson';
import { MongoError } from '../errors.ts';
import type { Doc } from '../values/document.ts';

const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 10 * 60_000;

interface Cursor {
  readonly namespace: string;
  readonly docs: Doc[];
  at: number;
  used: number;
}

/** Results that are fetched in batches. A cursor holds its whole result, so it is a snapshot. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();
  private lastId = Date.now() * 1000;

  /** The reply to the command that found `docs`. */
  first(namespace: string, docs: Doc[], batchSize: number = FIRST_BATCH, single = false): Doc {
    const cursor = { namespace, docs, at: 0, used: Date.now() };
    const firstBatch = take(cursor, batchSize);
    const finished = single || cursor.at >= docs.length;
    return { cursor: { firstBatch, id: finished ? Long.ZERO : this.keep(cursor), ns: namespace }, ok: 1 };
  }

  next(id: unknown, batchSize: number = Infinity): Doc {
    const cursor = this.open.get(String(id));
    if (!cursor) throw new MongoError(43, `cursor id ${String(id)} not found`);
    cursor.used = Date.now();
    const nextBatch = take(cursor, batchSize);
    const finished = cursor.at >= cursor.docs.length;
    if (finished) this.open.delete(String(id));
    return { cursor: { nextBatch, id: finished ? Long.ZERO : id, ns: cursor.namespace }, ok: 1 };
  }

  kill(id: unknown): boolean {
    return this.open.delete(String(id));
  }

  /** Drops cursors that nobody has read for ten minutes. */
  sweep(now: number): void {
    for (const [id, cursor] of this.open) if (now - cursor.used > IDLE_MS) this.open.delete(id);
  }

  private keep(cursor: Cursor): Long {
    const id = Long.fromNumber(++this.lastId);
    this.open.set(String(id), cursor);
    return id;
  }
}

/** At least one document, then as many as the batch size and 16 MiB allow. */
function take(cursor: Cursor, count: number): Doc[] {
  const batch: Doc[] = [];
  for (let bytes = 0; cursor.at < cursor.docs.length && batch.length < count; cursor.at++) {
    const doc = cursor.docs[cursor.at]!;
    bytes += calculateObjectSize(doc);
    if (bytes > BATCH_BYTES && batch.length > 0) break;
    batch.push(doc);
  }
  return batch;
}
