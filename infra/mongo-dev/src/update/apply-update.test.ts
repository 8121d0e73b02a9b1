import { describe, expect, test } from '@jest/globals';
import { Decimal128, Long } from 'bson';
import { applyUpdate, upserted } from './apply-update.ts';

describe('applyUpdate', () => {
  test('leaves the given document alone', () => {
    const doc = { _id: 1, a: { b: [1] } };
    expect(applyUpdate(doc, { $push: { 'a.b': 2 }, $set: { 'a.c': 1 } })).toEqual({ _id: 1, a: { b: [1, 2], c: 1 } });
    expect(doc).toEqual({ _id: 1, a: { b: [1] } });
  });

  test.each([
    [{ $set: { 'list.3': 'd' } }, ['a', 'b', null, 'd']],
    [{ $unset: { 'list.0': '' } }, [null, 'b']],
    [{ $push: { list: { $each: ['c', 'A'], $sort: 1 } } }, ['A', 'a', 'b', 'c']],
    [{ $push: { list: { $each: ['c'], $slice: -2 } } }, ['b', 'c']],
    [{ $pull: { list: 'a' } }, ['b']],
    [{ $pop: { list: -1 } }, ['b']],
    [{ $addToSet: { list: 'a' } }, ['a', 'b']],
  ])('%j on [a, b] gives %j', (update, list) => {
    expect(applyUpdate({ _id: 1, list: ['a', 'b'] }, update)).toEqual({ _id: 1, list });
  });

  test('$pull takes a filter over the fields of elements', () => {
    const doc = { _id: 1, lines: [{ q: 1 }, { q: 2 }, 3] };
    expect(applyUpdate(doc, { $pull: { lines: { q: { $gte: 2 } } } })).toEqual({ _id: 1, lines: [{ q: 1 }, 3] });
  });

  test('$inc keeps Longs exact, and refuses Decimal128 by name', () => {
    const big = Long.fromString('9007199254740993');
    expect(applyUpdate({ _id: 1, n: big }, { $inc: { n: 1 } }).n).toEqual(Long.fromString('9007199254740994'));
    expect(() => applyUpdate({ _id: 1, n: Decimal128.fromString('1') }, { $inc: { n: 1 } })).toThrow(
      '$inc on a Decimal128',
    );
  });

  test.each([
    [{ $bit: { a: { and: 1 } } }, '$bit'],
    [{ $set: { 'a.$[].b': 1 } }, '$[]'],
    [{ $push: { a: { $each: [], $foo: 1 } } }, '$foo'],
    [[{ $set: {} }], 'pipeline'],
    [{ $set: { '__proto__.a': 1 } }, '__proto__'],
  ])('refuses %j by name', (update, name) => expect(() => applyUpdate({ _id: 1 }, update)).toThrow(name));

  test('an upsert takes equalities from the filter; $setOnInsert counts only there', () => {
    const update = { $set: { b: 2 }, $setOnInsert: { c: 3 } };
    expect(upserted({ $and: [{ _id: 5 }, { 'a.x': { $eq: 1 } }], z: { $gt: 1 } }, update)).toEqual({
      _id: 5,
      a: { x: 1 },
      b: 2,
      c: 3,
    });
    expect(applyUpdate({ _id: 5 }, update)).toEqual({ _id: 5, b: 2 });
    expect(upserted({ _id: 5, a: 1 }, { b: 2 })).toEqual({ _id: 5, b: 2 });
  });
});
