import type { Binary, BSONRegExp, ObjectId, Timestamp } from 'bson';
import { bsonType, type Doc } from './document.ts';
import { compareNumbers, isNumeric, type Numeric } from './numbers.ts';

/** MongoDB's order of types; values of different rank never compare by value (BSON comparison order in its manual). */
const RANK = { MinKey: 0, Timestamp: 10, ObjectId: 7, Binary: 6, BSONRegExp: 11, Code: 13, BSONSymbol: 3, MaxKey: 14 };

/** The rank of a value's type: -1 for an empty sort key, 1 null or missing, 2 number … */
export function rankOf(value: unknown): number {
  if (value === null || value === undefined) return 1;
  if (isNumeric(value)) return 2;
  if (typeof value === 'string') return 3;
  if (typeof value === 'boolean') return 8;
  if (value instanceof Date) return 9;
  if (Array.isArray(value)) return 5;
  return RANK[bsonType(value) as keyof typeof RANK] ?? 4;
}

/** Orders two values as MongoDB sorts them; 0 means equal, including key order inside documents. */
export function compareValues(a: unknown, b: unknown): number {
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  switch (rank) {
    case 2:
      return compareNumbers(a as Numeric, b as Numeric);
    case 3:
      return compareStrings(String(a), String(b));
    case 4:
      return compareDocuments(a as Doc, b as Doc);
    case 5:
      return compareArrays(a as unknown[], b as unknown[]);
    case 6:
      return compareBinaries(a as Binary, b as Binary);
    case 7:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case 8:
    case 9:
      return Number(a) - Number(b);
    case 10:
      return (a as Timestamp).compare(b as Timestamp);
    case 11:
      return compareStrings(regexText(a as BSONRegExp), regexText(b as BSONRegExp));
    default:
      return rank === 13 ? compareStrings(JSON.stringify(a), JSON.stringify(b)) : 0;
  }
}

export const equalValues = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;

const regexText = (value: BSONRegExp) => `${value.pattern}/${value.options}`;

/** By UTF-8 bytes; UTF-16 order differs only where surrogates appear. */
function compareStrings(a: string, b: string): number {
  if (/[\ud800-\udfff]/.test(a) || /[\ud800-\udfff]/.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareBinaries(a: Binary, b: Binary): number {
  return a.length() - b.length() || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value());
}

function compareArrays(a: unknown[], b: unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = compareValues(a[i], b[i]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Field by field in stored order: type, then name, then value. */
function compareDocuments(a: Doc, b: Doc): number {
  const left = Object.entries(a);
  const right = Object.entries(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i]!, right[i]!];
    const difference = rankOf(x[1]) - rankOf(y[1]) || compareStrings(x[0], y[0]) || compareValues(x[1], y[1]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
