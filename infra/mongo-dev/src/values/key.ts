import type { Binary, BSONRegExp, BSONSymbol, ObjectId, Timestamp } from 'bson';
import { bsonType, type Doc } from './document.ts';
import { isNumeric, numberKey } from './numbers.ts';

/** A text that two values share exactly when MongoDB calls them equal; hash maps are keyed by it. */
export function keyOf(value: unknown): string {
  if (value === null || value === undefined) return 'z';
  if (typeof value === 'string') return JSON.stringify(value);
  if (isNumeric(value)) return `n${numberKey(value)}`;
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (value instanceof Date) return `d${value.getTime()}`;
  if (Array.isArray(value)) return `[${value.map(keyOf).join(',')}]`;
  switch (bsonType(value)) {
    case undefined:
      return `{${Object.entries(value as Doc)
        .map(([name, field]) => `${JSON.stringify(name)}:${keyOf(field)}`)
        .join(',')}}`;
    case 'ObjectId':
      return `o${(value as ObjectId).toHexString()}`;
    case 'Binary':
      return `b${(value as Binary).sub_type}:${(value as Binary).toString('base64')}`;
    case 'BSONRegExp':
      return `r${JSON.stringify([(value as BSONRegExp).pattern, (value as BSONRegExp).options])}`;
    case 'Timestamp':
      return `t${(value as Timestamp).toBigInt()}`;
    case 'BSONSymbol':
      return JSON.stringify((value as BSONSymbol).value);
    default:
      return `${bsonType(value)}${JSON.stringify(value)}`;
  }
}
