import { MongoError, notImplemented } from '../errors.ts';
import { bsonType } from '../values/document.ts';
import { isNumeric } from '../values/numbers.ts';
import { keyOf } from '../values/key.ts';
import { compareValues, equalValues, rankOf } from '../values/order.ts';
import { regexTest } from './regex.ts';

/** A test over all the values that a path reaches in one document. */
export type Test = (values: unknown[]) => boolean;

/** Ranks by the names and numbers that `$type` accepts. Whole doubles are kept as integers, so int and double are refused. */
const TYPES: Record<string, (value: unknown) => boolean> = {
  number: isNumeric,
  string: (v) => typeof v === 'string',
  object: (v) => v !== undefined && rankOf(v) === 4,
  array: Array.isArray,
  binData: (v) => bsonType(v) === 'Binary',
  objectId: (v) => bsonType(v) === 'ObjectId',
  bool: (v) => typeof v === 'boolean',
  date: (v) => v instanceof Date,
  null: (v) => v === null,
  regex: (v) => bsonType(v) === 'BSONRegExp',
  timestamp: (v) => bsonType(v) === 'Timestamp',
  long: (v) => bsonType(v) === 'Long',
  decimal: (v) => bsonType(v) === 'Decimal128',
};
const TYPE_NUMBERS: Record<number, string> = {
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
};

const eq = (operand: unknown): Test => {
  const isEqual = (value: unknown) => equalValues(value, operand);
  return (values) => values.some((value) => isEqual(value) || (Array.isArray(value) && value.some(isEqual)));
};

/** Compares within one type only, as MongoDB does ("type bracketing"). */
const ordered =
  (accept: (order: number) => boolean) =>
  (operand: unknown): Test => {
    const rank = rankOf(operand);
    const one = (value: unknown) => rankOf(value) === rank && accept(compareValues(value, operand));
    return (values) => values.some((value) => one(value) || (Array.isArray(value) && value.some(one)));
  };

const oneOf = (operand: unknown): Test => {
  const list = arrayOf('$in', operand);
  const keys = new Set(list.filter((item) => bsonType(item) !== 'BSONRegExp').map(keyOf));
  const patterns = list.filter((item) => bsonType(item) === 'BSONRegExp').map((item) => regexTest(item, undefined));
  const one = (value: unknown) => keys.has(keyOf(value));
  return (values) =>
    values.some((value) => one(value) || (Array.isArray(value) && value.some(one))) ||
    patterns.some((test) => test(values));
};

const not =
  (make: (operand: unknown) => Test) =>
  (operand: unknown): Test => {
    const test = make(operand);
    return (values) => !test(values);
  };

/** The whitelist of field operators, beside `$not`, `$elemMatch` and `$regex`, which need the compiler. */
export const operators = {
  $eq: eq,
  $ne: not(eq),
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $in: oneOf,
  $nin: not(oneOf),
  $exists: (operand: unknown): Test => {
    const wanted = operand !== false && operand !== 0 && operand !== null;
    return (values) => values.some((value) => value !== undefined) === wanted;
  },
  $size: (operand: unknown): Test => {
    if (!Number.isInteger(operand)) throw new MongoError(2, '$size needs an integer');
    return (values) => values.some((value) => Array.isArray(value) && value.length === operand);
  },
  $all: (operand: unknown): Test => {
    const tests = arrayOf('$all', operand).map((item) => {
      if (rankOf(item) === 4 && Object.keys(item as object)[0]?.startsWith('$'))
        throw notImplemented('an operator inside $all');
      return eq(item);
    });
    return (values) => tests.length > 0 && tests.every((test) => test(values));
  },
  $mod: (operand: unknown): Test => {
    const [divisor, remainder] = arrayOf('$mod', operand);
    if (typeof divisor !== 'number' || typeof remainder !== 'number' || Math.trunc(divisor) === 0)
      throw new MongoError(2, 'malformed mod');
    const one = (value: unknown) =>
      typeof value === 'number' && Math.trunc(value) % Math.trunc(divisor) === Math.trunc(remainder);
    return (values) => values.some((value) => one(value) || (Array.isArray(value) && value.some(one)));
  },
  $type: (operand: unknown): Test => {
    const tests = (Array.isArray(operand) ? operand : [operand]).map((name: string | number) => {
      const test = TYPES[TYPE_NUMBERS[name as number] ?? name];
      if (!test) throw notImplemented(`$type ${JSON.stringify(name)}`);
      return test;
    });
    const one = (value: unknown) => tests.some((test) => test(value));
    return (values) => values.some((value) => one(value) || (Array.isArray(value) && value.some(one)));
  },
};

function arrayOf(name: string, operand: unknown): unknown[] {
  if (!Array.isArray(operand)) throw new MongoError(2, `${name} needs an array`);
  return operand;
}
