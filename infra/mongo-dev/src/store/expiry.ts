import { candidates } from './scan.ts';
import type { Store } from './store.ts';
import { LockedByTransaction } from './unit.ts';
import { valuesAt } from '../values/path.ts';

/** Deletes what TTL indexes call expired at `now` (ms since the epoch); documents held by a transaction wait for the next sweep. */
export async function expire(store: Store, now: number): Promise<number> {
  const unit = store.begin(false);
  let removed = 0;
  for (const collection of store.collections.values()) {
    for (const spec of collection.specs.values()) {
      const seconds = spec.expireAfterSeconds;
      if (seconds === undefined) continue;
      const path = Object.keys(spec.key)[0]!;
      for (const [id, doc] of candidates(unit, collection, {})) {
        const dates = valuesAt(doc, path)
          .flat()
          .filter((value) => value instanceof Date);
        if (!dates.some((date) => date.getTime() + seconds * 1000 <= now)) continue;
        try {
          unit.stage(collection, id, null);
          removed++;
        } catch (error) {
          if (!(error instanceof LockedByTransaction)) throw error;
        }
      }
    }
  }
  await store.commit(unit);
  return removed;
}
