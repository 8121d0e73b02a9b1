import { MongoError, notImplemented } from '../errors.ts';
import { compileFilter, isOperators } from '../query/match.ts';
import { sortDocuments } from '../query/sort.ts';
import { isDocument, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { compareValues, equalValues } from '../values/order.ts';
import type { Operator } from './operators.ts';
import { slotAt } from './paths.ts';

/** `$push`, `$addToSet`, `$pull`, `$pullAll`, `$pop`: each replaces the array by a new one. */
export const arrayOperators: Record<string, Operator> = {
  $push: (doc, path, operand) => {
    const slot = slotAt(doc, path, true)!;
    const list = arrayAt('$push', path, slot.get() ?? []);
    const { $each, $position, $slice, $sort, ...others } = isEach(operand) ? operand : ({ $each: [operand] } as Doc);
    refuse('$push', others);
    const added = arrayAt('$push', path, $each);
    const at = typeof $position === 'number' ? $position : list.length;
    let result = list.toSpliced(at, 0, ...added);
    if ($sort !== undefined) result = sorted(result, $sort);
    if (typeof $slice === 'number') result = $slice < 0 ? result.slice($slice) : result.slice(0, $slice);
    slot.set(result);
  },
  $addToSet: (doc, path, operand) => {
    const slot = slotAt(doc, path, true)!;
    const list = arrayAt('$addToSet', path, slot.get() ?? []);
    const { $each, ...others } = isEach(operand) ? operand : ({ $each: [operand] } as Doc);
    refuse('$addToSet', others);
    const seen = new Set(list.map(keyOf));
    const fresh = arrayAt('$addToSet', path, $each).filter((item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)));
    slot.set([...list, ...fresh]);
  },
  $pull: (doc, path, condition) => {
    const slot = slotAt(doc, path, false);
    if (slot?.get() === undefined) return;
    const list = arrayAt('$pull', path, slot.get());
    slot.set(list.filter((item) => !pulled(item, condition)));
  },
  $pullAll: (doc, path, operand) => {
    const slot = slotAt(doc, path, false);
    if (slot?.get() === undefined) return;
    const gone = new Set(arrayAt('$pullAll', path, operand).map(keyOf));
    slot.set(arrayAt('$pullAll', path, slot.get()).filter((item) => !gone.has(keyOf(item))));
  },
  $pop: (doc, path, end) => {
    const slot = slotAt(doc, path, false);
    if (slot?.get() === undefined) return;
    const list = arrayAt('$pop', path, slot.get());
    if (end !== 1 && end !== -1) throw new MongoError(9, '$pop needs 1 or -1');
    slot.set(end === 1 ? list.slice(0, -1) : list.slice(1));
  },
};

/** A condition with operators tests the element itself; a document tests the element's fields. */
function pulled(item: unknown, condition: unknown): boolean {
  if (isOperators(condition)) return compileFilter({ item: condition })({ item });
  if (isDocument(condition)) return isDocument(item) && compileFilter(condition)(item);
  return equalValues(item, condition);
}

function sorted(list: unknown[], spec: unknown): unknown[] {
  if (isDocument(spec)) return sortDocuments(list as Doc[], spec);
  return list.toSorted((a, b) => compareValues(a, b) * Number(spec));
}

const isEach = (operand: unknown): operand is Doc => isDocument(operand) && '$each' in operand;

function refuse(name: string, others: Doc): void {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw notImplemented(`${name} modifier ${unknown}`);
}

function arrayAt(name: string, path: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new MongoError(2, `${name} on '${path}' needs an array`);
  return value;
}
