import { describe, expect, test } from '@jest/globals';
import { Binary, BSONRegExp, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'bson';
import fc from 'fast-check';
import { keyOf } from './key.ts';
import { compareNumbers } from './numbers.ts';
import { compareValues } from './order.ts';
import { valuesAt } from './path.ts';

const decimal = (text: string) => Decimal128.fromString(text);

describe('order', () => {
  test('types sort as MongoDB sorts them', () => {
    const sorted = [
      new MinKey(),
      null,
      NaN,
      -Infinity,
      -1,
      decimal('0.1'),
      0.1,
      1,
      Long.fromString('9007199254740993'),
      Infinity,
      '',
      'a',
      '\uff5e',
      '😀',
      {},
      { a: 1 },
      { a: 1, b: 1 },
      { b: 1 },
      { a: 'x' },
      [],
      [1],
      [1, 2],
      new Binary(Buffer.from([9]), 0),
      new UUID(),
      new ObjectId(),
      false,
      true,
      new Date(0),
      new Timestamp(1n),
      new BSONRegExp('a', ''),
      new MaxKey(),
    ];
    const shuffled = sorted.toReversed().toSorted(compareValues);
    expect(shuffled.map(keyOf)).toEqual(sorted.map(keyOf));
  });

  test('numbers compare by exact value', () => {
    expect(compareNumbers(0.1, decimal('0.1'))).toBe(1);
    expect(compareNumbers(0.5, decimal('5E-1'))).toBe(0);
    expect(compareNumbers(2 ** 53, Long.fromString('9007199254740993'))).toBe(-1);
    expect(compareNumbers(decimal('NaN'), -Infinity)).toBe(-1);
    expect(compareNumbers(decimal('1E+400'), Infinity)).toBe(-1);
    expect(compareNumbers(-0, Long.ZERO)).toBe(0);
  });
});

describe('keys', () => {
  test('are equal exactly when values are', () => {
    const number = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
      fc.tuple(fc.integer(), fc.integer({ min: -30, max: 30 })).map(([digits, power]) => decimal(`${digits}E${power}`)),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        number,
        fc.constantFrom(null, true, '1', 'n1', new Date(1)),
        fc.string(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b'), tie('any')),
      ),
    })).any;
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(keyOf(a) === keyOf(b)).toBe(compareValues(a, b) === 0);
        expect(Math.sign(compareValues(a, b)) + Math.sign(compareValues(b, a))).toBe(0);
      }),
      {
        numRuns: 2000,
        examples: [
          [1, Long.ONE],
          [decimal('1.0'), 1],
          [0.1, decimal('0.1')],
          [-0, 0],
          [NaN, decimal('NaN')],
        ],
      },
    );
  });

  test('keep the order of fields apart', () => {
    expect(keyOf({ a: 1, b: 2 })).not.toBe(keyOf({ b: 2, a: 1 }));
    expect(keyOf(new Binary(Buffer.from([0xff])))).not.toBe(keyOf(new Binary(Buffer.from([0xfe]))));
  });
});

test('a path reaches through arrays, and never into a prototype', () => {
  const doc = { a: [{ b: 1 }, { b: [2, 3] }, {}, 5], c: { d: 4 } };
  expect(valuesAt(doc, 'a.b')).toEqual([1, [2, 3], undefined]);
  expect(valuesAt(doc, 'a.1.b')).toEqual([[2, 3]]);
  expect(valuesAt(doc, 'c.d')).toEqual([4]);
  expect(valuesAt(doc, 'c.d.e')).toEqual([undefined]);
  expect(valuesAt(doc, 'constructor')).toEqual([undefined]);
});
