import { BSONRegExp } from 'bson';
import { MongoError, notImplemented } from '../errors.ts';
import { bsonType } from '../values/document.ts';
import { equalValues } from '../values/order.ts';
import type { Test } from './operators.ts';

/** `$regex`: matches strings, their arrays, and an equal stored regular expression. Flags i, m, s and u. */
export function regexTest(operand: unknown, options: unknown): Test {
  const pattern =
    bsonType(operand) === 'BSONRegExp' ? (operand as BSONRegExp) : new BSONRegExp(text(operand), text(options ?? ''));
  const regex = compile(pattern.pattern, options === undefined ? pattern.options : text(options));
  const one = (value: unknown) => (typeof value === 'string' ? regex.test(value) : equalValues(value, pattern));
  return (values) => values.some((value) => (Array.isArray(value) ? value.some(one) : one(value)));
}

function compile(pattern: string, options: string): RegExp {
  const unknown = /[^imsu]/.exec(options);
  if (unknown) throw notImplemented(`regular expression option '${unknown[0]}'`);
  try {
    return new RegExp(pattern, options.replace('u', ''));
  } catch (error) {
    throw new MongoError(2, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new MongoError(2, '$regex has to be a string');
  return value;
}
