import { isOperators } from '../query/match.ts';
import { bsonType, isDocument, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import type { Collection } from './collection.ts';
import { combine } from './hash-index.ts';
import type { Unit } from './unit.ts';

/** More combinations of `$in` values than this are answered by a scan. */
const MAX_LOOKUPS = 1000;

/**
 * The documents of a unit's view that may match a filter: by `_id` or by an index when the filter fixes all of
 * its fields, otherwise all. The caller still tests each.
 */
export function* candidates(unit: Unit, collection: Collection, filter: Doc): Generator<[string, Doc]> {
  const ids = lookup(collection, filter);
  if (!ids) {
    yield* scan(unit, collection);
    return;
  }
  for (const id of new Set([...ids, ...unit.touched(collection)])) {
    const doc = unit.get(collection, id);
    if (doc) yield [id, doc];
  }
}

function* scan(unit: Unit, collection: Collection): Generator<[string, Doc]> {
  const extra = new Set(unit.touched(collection));
  for (const [id, committed] of collection.docs) {
    const doc = extra.delete(id) ? unit.get(collection, id) : committed;
    if (doc) yield [id, doc];
  }
  for (const id of extra) {
    const doc = unit.get(collection, id);
    if (doc) yield [id, doc];
  }
}

function lookup(collection: Collection, filter: Doc): string[] | undefined {
  const fixed = new Map<string, string[]>();
  collectEqualities(filter, fixed);
  const byId = fixed.get('_id');
  if (byId) return byId;
  const usable = [...collection.indexes.values()].filter(
    (index) => index.complete && index.fields.every((field) => fixed.has(field)),
  );
  const best = usable.toSorted((a, b) => b.fields.length - a.fields.length)[0];
  if (!best) return undefined;
  const keys = best.fields.map((field) => fixed.get(field)!);
  if (keys.reduce((product, list) => product * list.length, 1) > MAX_LOOKUPS) return undefined;
  return combine(keys).flatMap((key) => [...best.get(key)]);
}

/** Index keys per path that every match must have. Values that an index does not key plainly are left to the scan. */
function collectEqualities(filter: Doc, fixed: Map<string, string[]>): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' && Array.isArray(condition)) {
      for (const branch of condition) if (isDocument(branch)) collectEqualities(branch, fixed);
    }
    if (path.startsWith('$') || fixed.has(path)) continue;
    const values = equalTo(condition);
    if (values?.every((value) => !Array.isArray(value) && bsonType(value) !== 'BSONRegExp'))
      fixed.set(path, values.map(keyOf));
  }
}

function equalTo(condition: unknown): unknown[] | undefined {
  if (!isOperators(condition)) return [condition];
  if ('$eq' in condition) return [condition.$eq];
  return Array.isArray(condition.$in) ? condition.$in : undefined;
}
