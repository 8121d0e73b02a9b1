import { notImplemented } from '../errors.ts';
import { bsonType, isDocument, type Doc } from '../values/document.ts';
import { keyOf } from '../values/key.ts';
import { compareValues } from '../values/order.ts';

/** Folds the values of one group; `undefined` stands for a missing field. */
export type Accumulator = (values: unknown[]) => unknown;

const present = (values: unknown[]) => values.filter((value) => value !== null && value !== undefined);

/** mingo would skip these types without a word. */
export function refuseWide(name: string, values: unknown[]): void {
  const wide = values.map(bsonType).find((type) => type === 'Long' || type === 'Decimal128');
  if (wide) throw notImplemented(`${name} on a ${wide}`);
}

function numbers(name: string, values: unknown[]): number[] {
  refuseWide(name, values);
  return values.filter((value) => typeof value === 'number');
}

/** The whitelist of `$group` accumulators. Own code: mingo compares BSON values by their text. */
export const accumulators: Record<string, Accumulator> = {
  $sum: (values) => numbers('$sum', values).reduce((sum, value) => sum + value, 0),
  $avg: (values) => {
    const list = numbers('$avg', values);
    return list.length === 0 ? null : list.reduce((sum, value) => sum + value, 0) / list.length;
  },
  $min: (values) =>
    present(values).reduce<unknown>((best, v) => (best === null || compareValues(v, best) < 0 ? v : best), null),
  $max: (values) =>
    present(values).reduce<unknown>((best, v) => (best === null || compareValues(v, best) > 0 ? v : best), null),
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: (values) => values.filter((value) => value !== undefined),
  $addToSet: (values) => [...new Map(values.filter((v) => v !== undefined).map((v) => [keyOf(v), v])).values()],
  $mergeObjects: (values) => Object.assign({}, ...values.filter(isDocument)) as Doc,
  $count: (values) => values.length,
};
