import { Long, Timestamp } from 'bson';
import { MongoError, notImplemented } from '../errors.ts';
import { bsonType, isDocument, type Doc } from '../values/document.ts';
import { isNumeric } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { arrayOperators } from './array-operators.ts';
import { slotAt } from './paths.ts';

/** Changes one path of a document that is already a private copy. */
export type Operator = (doc: Doc, path: string, operand: unknown) => void;

/** The whitelist of update operators; `$setOnInsert` is `$set` that the caller applies to inserts only. */
export const updateOperators: Record<string, Operator> = {
  $set: (doc, path, value) => slotAt(doc, path, true)!.set(value),
  $setOnInsert: (doc, path, value) => slotAt(doc, path, true)!.set(value),
  $unset: (doc, path) => slotAt(doc, path, false)?.unset(),
  $inc: (doc, path, by) =>
    arithmetic(
      '$inc',
      doc,
      path,
      by,
      0,
      (a, b) => a + b,
      (a, b) => a.add(b),
    ),
  $mul: (doc, path, by) =>
    arithmetic(
      '$mul',
      doc,
      path,
      by,
      0,
      (a, b) => a * b,
      (a, b) => a.multiply(b),
    ),
  $min: (doc, path, value) => replaceIf(doc, path, value, (order) => order < 0),
  $max: (doc, path, value) => replaceIf(doc, path, value, (order) => order > 0),
  $rename: (doc, path, target) => {
    if (typeof target !== 'string') throw new MongoError(2, `The 'to' field of $rename '${path}' must be a string`);
    const from = slotAt(doc, path, false);
    const value = from?.get();
    if (value === undefined) return;
    from!.unset();
    slotAt(doc, target, true)!.set(value);
  },
  $currentDate: (doc, path, type) => {
    const timestamp = isDocument(type) && type.$type === 'timestamp';
    const now = Date.now();
    slotAt(doc, path, true)!.set(timestamp ? new Timestamp({ t: Math.floor(now / 1000), i: 1 }) : new Date(now));
  },
  ...arrayOperators,
};

function replaceIf(doc: Doc, path: string, value: unknown, wins: (order: number) => boolean): void {
  const slot = slotAt(doc, path, true)!;
  const current = slot.get();
  if (current === undefined || wins(compareValues(value, current))) slot.set(value);
}

function arithmetic(
  name: string,
  doc: Doc,
  path: string,
  by: unknown,
  start: number,
  numbers: (a: number, b: number) => number,
  longs: (a: Long, b: Long) => Long,
): void {
  if (!isNumeric(by)) throw new MongoError(14, `Cannot apply ${name} to '${path}' with a non-numeric argument`);
  const slot = slotAt(doc, path, true)!;
  const current = slot.get();
  if (current === undefined && name === '$inc') return slot.set(by);
  const value = current === undefined ? start : current;
  if (!isNumeric(value)) throw new MongoError(14, `Cannot apply ${name} to '${path}', a value of non-numeric type`);
  if (bsonType(value) === 'Decimal128' || bsonType(by) === 'Decimal128')
    throw notImplemented(`${name} on a Decimal128`);
  if (typeof value === 'number' && typeof by === 'number') return slot.set(numbers(value, by));
  if (isFraction(value) || isFraction(by)) return slot.set(numbers(Number(value), Number(by)));
  slot.set(longs(toLong(value as number | Long), toLong(by as number | Long)));
}

const isFraction = (value: unknown) => typeof value === 'number' && !Number.isInteger(value);
const toLong = (value: number | Long) => (typeof value === 'number' ? Long.fromNumber(value) : value);
