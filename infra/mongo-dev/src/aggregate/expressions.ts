import { ObjectId } from 'bson';
import { evalExpr } from 'mingo/core';
import * as library from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { MongoError } from '../errors.ts';
import { bsonType } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { compareValues } from '../values/order.ts';
import { accumulators, refuseWide } from './accumulators.ts';

type Expression = (obj: unknown, expr: unknown, options: Options) => unknown;

/** Taken from mingo as they are. */
const TAKEN = [
  '$and',
  '$or',
  '$not',
  '$cond',
  '$ifNull',
  '$switch',
  '$let',
  '$concat',
  '$toLower',
  '$toUpper',
  '$trim',
  '$split',
  '$substrCP',
  '$strLenCP',
  '$size',
  '$filter',
  '$map',
  '$reduce',
  '$arrayElemAt',
  '$slice',
  '$concatArrays',
  '$isArray',
  '$reverseArray',
  '$range',
  '$objectToArray',
  '$arrayToObject',
  '$dateToString',
  '$dateTrunc',
  '$year',
  '$month',
  '$dayOfMonth',
  '$dayOfWeek',
  '$hour',
  '$minute',
  '$second',
  '$toDate',
] as const;

/** Taken from mingo behind a check: it knows no Long and no Decimal128. */
const ARITHMETIC = [
  '$add',
  '$subtract',
  '$multiply',
  '$divide',
  '$mod',
  '$abs',
  '$ceil',
  '$floor',
  '$round',
  '$trunc',
  '$toInt',
  '$toDouble',
] as const;

const taken = Object.fromEntries(TAKEN.map((name) => [name, library[name] as Expression]));

const arithmetic = Object.fromEntries(
  ARITHMETIC.map((name): [string, Expression] => [
    name,
    (obj, expr, options) => {
      refuseWide(name, [evalExpr(obj, expr, options)].flat());
      return (library[name] as Expression)(obj, expr, options);
    },
  ]),
);

/** A missing field sorts below null in expressions, unlike in filters. */
const order = (a: unknown, b: unknown) =>
  a === undefined || b === undefined ? Number(b === undefined) - Number(a === undefined) : compareValues(a, b);

const compared =
  (name: string, accept: (order: number) => unknown): Expression =>
  (obj, expr, options) => {
    if (!Array.isArray(expr) || expr.length !== 2)
      throw new MongoError(2, `Expression ${name} takes exactly 2 arguments`);
    const [a, b] = evalExpr(obj, expr, options) as [unknown, unknown];
    return accept(order(a, b));
  };

/** An accumulator as an expression folds the array that its argument gives. */
const folded = Object.fromEntries(
  ['$sum', '$avg', '$min', '$max', '$first', '$last', '$mergeObjects'].map((name): [string, Expression] => [
    name,
    (obj, expr, options) => {
      const value = evalExpr(obj, expr, options);
      if (Array.isArray(value)) return accumulators[name]!(value);
      return value === null || value === undefined ? null : accumulators[name]!([value]);
    },
  ]),
);

/** The whitelist of aggregation expressions, mended where mingo does not know BSON types. */
export const expressions: Record<`$${string}`, Expression> = {
  ...taken,
  ...arithmetic,
  ...folded,
  $literal: (_obj, expr) => expr,
  $eq: compared('$eq', (o) => o === 0),
  $ne: compared('$ne', (o) => o !== 0),
  $gt: compared('$gt', (o) => o > 0),
  $gte: compared('$gte', (o) => o >= 0),
  $lt: compared('$lt', (o) => o < 0),
  $lte: compared('$lte', (o) => o <= 0),
  $cmp: compared('$cmp', Math.sign),
  $in: (obj, expr, options) => {
    const [item, list] = evalExpr(obj, expr, options) as [unknown, unknown];
    if (!Array.isArray(list)) throw new MongoError(2, '$in requires an array as its second argument');
    return list.some((other) => keyOf(other) === keyOf(item));
  },
  $toString: (obj, expr, options) => {
    const value = evalExpr(obj, expr, options);
    return bsonType(value) !== undefined ? String(value) : (library.$toString as Expression)(obj, expr, options);
  },
  $toObjectId: (obj, expr, options) => {
    const value = evalExpr(obj, expr, options);
    if (value === null || value === undefined) return null;
    if (bsonType(value) === 'ObjectId') return value;
    if (typeof value !== 'string' || !/^[0-9a-f]{24}$/i.test(value))
      throw new MongoError(2, `Failed to parse objectId '${JSON.stringify(value)}' in $toObjectId`);
    return new ObjectId(value);
  },
};
