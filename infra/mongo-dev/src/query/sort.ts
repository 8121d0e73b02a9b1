import { MongoError, notImplemented } from '../errors.ts';
import { isDocument, type Doc } from '../values/document.ts';
import { compareValues } from '../values/order.ts';
import { valuesAt } from '../values/path.ts';

/** Below null: what an empty array sorts as. */
const EMPTY = Symbol('empty array');

/** Sorts documents by a MongoDB sort document, stably. `score` supplies `{ $meta: 'textScore' }`. */
export function sortDocuments(docs: Doc[], spec: Doc, score?: (doc: Doc) => number): Doc[] {
  const fields = Object.entries(spec).map(([path, direction]) => fieldOf(path, direction, score));
  if (fields.length === 0) return docs;
  return docs
    .map((doc) => ({ doc, keys: fields.map((field) => field.key(doc)) }))
    .sort((a, b) => {
      for (const [i, field] of fields.entries()) {
        const order = compareKeys(a.keys[i], b.keys[i]);
        if (order !== 0) return order * field.direction;
      }
      return 0;
    })
    .map(({ doc }) => doc);
}

function fieldOf(path: string, direction: unknown, score?: (doc: Doc) => number) {
  if (isDocument(direction)) {
    if (direction.$meta !== 'textScore' || !score) throw notImplemented(`sort by ${JSON.stringify(direction)} here`);
    return { direction: -1, key: (doc: Doc): unknown => score(doc) };
  }
  if (direction !== 1 && direction !== -1) throw new MongoError(2, `sort direction of '${path}' must be 1 or -1`);
  return { direction, key: (doc: Doc) => extreme(valuesAt(doc, path), direction) };
}

/** An array sorts by its least element ascending, by its greatest descending. */
function extreme(values: unknown[], direction: 1 | -1): unknown {
  if (values.length === 1 && !Array.isArray(values[0])) return values[0];
  const candidates = values.flatMap((value) => (Array.isArray(value) ? (value.length > 0 ? value : [EMPTY]) : [value]));
  if (candidates.length === 0) return undefined;
  return candidates.reduce((best, value) => (compareKeys(value, best) * direction < 0 ? value : best));
}

function compareKeys(a: unknown, b: unknown): number {
  if (a === EMPTY || b === EMPTY) return Number(b === EMPTY) - Number(a === EMPTY);
  return compareValues(a, b);
}
