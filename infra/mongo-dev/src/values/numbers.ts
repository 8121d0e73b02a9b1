import type { Decimal128, Long } from 'bson';
import { bsonType } from './document.ts';

export type Numeric = number | Long | Decimal128;

/** `digits * 10^exponent`, exactly. */
interface Exact {
  readonly digits: bigint;
  readonly exponent: number;
}

export function isNumeric(value: unknown): value is Numeric {
  if (typeof value === 'number') return true;
  const type = bsonType(value);
  return type === 'Long' || type === 'Decimal128';
}

/** Orders numbers of any BSON type by exact value, NaN lowest, as MongoDB does. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const left = native(a);
  const right = native(b);
  if (isNaN(left) || isNaN(right)) return Number(isNaN(right)) - Number(isNaN(left)) || 0;
  if (!isExact(left) && !isExact(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (left === Infinity || right === -Infinity) return left === right ? 0 : 1;
  if (left === -Infinity || right === Infinity) return left === right ? 0 : -1;
  const x = exact(left);
  const y = exact(right);
  const exponent = Math.min(x.exponent, y.exponent);
  const difference = scaled(x, exponent) - scaled(y, exponent);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** One text per numeric value, whatever its BSON type: 1, 1.0, Long(1) and Decimal128("1.00") share it. */
export function numberKey(value: Numeric): string {
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? Number.isSafeInteger(value)
        ? String(value + 0)
        : String(BigInt(value))
      : String(value);
  }
  const number = native(value);
  if (!isExact(number)) return String(number);
  const { digits, exponent } = number;
  if (digits === 0n || exponent >= 0) return String(digits * 10n ** BigInt(Math.max(exponent, 0)));
  const double = Number(`${digits}e${exponent}`);
  return compareNumbers(double, value) === 0 ? numberKey(double) : `${digits}e${exponent}`;
}

function native(value: Numeric): number | bigint | Exact {
  if (typeof value === 'number') return value;
  if (bsonType(value) === 'Long') return (value as Long).toBigInt();
  const text = value.toString();
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(text);
  if (!match) return Number(text);
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  return trimmed(BigInt(`${sign}${whole}${fraction}`), Number(power) - fraction.length);
}

function trimmed(digits: bigint, exponent: number): Exact {
  let [d, e] = [digits, exponent];
  while (d !== 0n && d % 10n === 0n) [d, e] = [d / 10n, e + 1];
  return { digits: d, exponent: e };
}

/** Multiplying a double by two is exact, so its decimal digits are found without rounding. */
function exact(value: number | bigint | Exact): Exact {
  if (typeof value === 'bigint') return { digits: value, exponent: 0 };
  if (isExact(value)) return value;
  let [whole, halvings] = [value, 0];
  while (!Number.isInteger(whole)) [whole, halvings] = [whole * 2, halvings + 1];
  return { digits: BigInt(whole) * 5n ** BigInt(halvings), exponent: -halvings };
}

const scaled = (value: Exact, exponent: number) => value.digits * 10n ** BigInt(value.exponent - exponent);
const isNaN = (value: unknown) => Number.isNaN(value);
const isExact = (value: unknown): value is Exact => typeof value === 'object';
