import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  Binary,
  Decimal128,
  Long,
  MongoClient,
  MongoServerError,
  ObjectId,
  UUID,
  type Collection,
  type Db,
  type Document,
} from 'mongodb';
import { compareValues } from '../src/values/order.ts';
import { testServer, type TestServer } from './server.ts';

let server: TestServer;
let client: MongoClient;
let db: Db;
let dishes: Collection;

beforeAll(async () => {
  server = await testServer();
  client = await new MongoClient(server.uri).connect();
  db = client.db(server.database);
});

afterAll(async () => {
  await db?.dropDatabase();
  await client?.close();
  await server?.stop();
});

beforeEach(async () => {
  await db.dropDatabase();
  dishes = db.collection('dishes');
});

const seed = () =>
  dishes.insertMany([
    {
      _id: 1 as never,
      name: 'Margherita',
      price: 900,
      tags: ['vegetarian', 'classic'],
      station: { kind: 'oven', slots: 4 },
    },
    { _id: 2 as never, name: 'Burger', price: 1200, tags: ['meat'], station: { kind: 'griddle', slots: 2 } },
    { _id: 3 as never, name: 'Fries', price: 400, tags: [], station: { kind: 'fryer', slots: 2 } },
    { _id: 4 as never, name: 'Secret', price: null },
  ]);

const ids = async (filter: Document, sort: Document = { _id: 1 }) =>
  (await dishes.find(filter, { sort: sort as never }).toArray()).map((doc) => doc._id as unknown);

describe('find', () => {
  beforeEach(seed);

  test.each<[Document, number[]]>([
    [{ price: 900 }, [1]],
    [{ price: { $gt: 400, $lte: 1200 } }, [1, 2]],
    [{ price: null }, [4]],
    [{ tags: 'meat' }, [2]],
    [{ tags: { $all: ['vegetarian', 'classic'] } }, [1]],
    [{ tags: { $size: 0 } }, [3]],
    [{ tags: { $in: ['meat', 'classic'] } }, [1, 2]],
    [{ tags: { $nin: ['meat'] } }, [1, 3, 4]],
    [{ tags: { $exists: false } }, [4]],
    [{ 'station.kind': { $ne: 'oven' } }, [2, 3, 4]],
    [{ station: { kind: 'oven', slots: 4 } }, [1]],
    [{ station: { slots: 4, kind: 'oven' } }, []],
    [{ $or: [{ name: /^b/i }, { name: { $regex: 'RIES', $options: 'i' } }] }, [2, 3]],
    [{ $nor: [{ price: { $gte: 900 } }] }, [3, 4]],
    [{ name: { $not: { $regex: 'e' } } }, []],
    [{ tags: { $elemMatch: { $gt: 'c', $lt: 'd' } } }, [1]],
    [{ $expr: { $gt: ['$price', { $multiply: ['$station.slots', 300] }] } }, [2]],
    [{ price: { $mod: [800, 400] } }, [2, 3]],
    [{ price: { $type: 'null' } }, [4]],
    [{ constructor: { $exists: true } }, []],
  ])('%j finds %j', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  test('sorts by type first, then value; skips and limits', async () => {
    expect(await ids({}, { price: 1 })).toEqual([4, 3, 1, 2]);
    expect(await ids({}, { 'station.slots': -1, name: 1 })).toEqual([1, 2, 3, 4]);
    expect((await dishes.find({}).sort({ price: -1 }).skip(1).limit(2).toArray()).map((d) => d._id)).toEqual([1, 3]);
  });

  test('projects by inclusion and exclusion', async () => {
    expect(await dishes.findOne({ _id: 1 as never }, { projection: { 'station.kind': 1 } })).toEqual({
      _id: 1,
      station: { kind: 'oven' },
    });
    expect(await dishes.findOne({ _id: 3 as never }, { projection: { _id: 0, station: 0, tags: 0 } })).toEqual({
      name: 'Fries',
      price: 400,
    });
  });

  test('hands out batches through a cursor', async () => {
    await dishes.insertMany(Array.from({ length: 250 }, (_, n) => ({ n })));
    expect(await dishes.find({ n: { $gte: 0 } }, { batchSize: 20 }).toArray()).toHaveLength(250);
    const cursor = dishes.find({}, { batchSize: 2 });
    await cursor.next();
    await cursor.close();
  });

  test('counts and lists distinct values', async () => {
    expect(await dishes.countDocuments({ price: { $gt: 500 } })).toBe(2);
    expect(await dishes.estimatedDocumentCount()).toBe(4);
    expect((await dishes.distinct('tags')).toSorted(compareValues)).toEqual(['classic', 'meat', 'vegetarian']);
  });
});

describe('BSON types', () => {
  test('ObjectId, UUID, Binary, Date, Long and Decimal128 come back as they went in and are found by equality', async () => {
    const doc = {
      _id: new ObjectId(),
      uuid: new UUID(),
      bytes: new Binary(Buffer.from([0xff, 0xfe])),
      at: new Date('2026-01-02T03:04:05.678Z'),
      long: Long.fromString('9007199254740993'),
      price: Decimal128.fromString('12.50'),
    };
    await dishes.insertMany([
      doc,
      { ...doc, _id: new ObjectId(), bytes: new Binary(Buffer.from([0xfe, 0xff])), uuid: new UUID() },
    ]);
    for (const field of ['_id', 'uuid', 'bytes'] as const)
      expect(await dishes.countDocuments({ [field]: doc[field] })).toBe(1);
    for (const field of ['at', 'long', 'price'] as const)
      expect(await dishes.countDocuments({ [field]: doc[field] })).toBe(2);
    const back = await dishes.findOne({ _id: doc._id }, { promoteLongs: false });
    expect(back).toEqual(doc);
    expect(back?.long).toBeInstanceOf(Long);
  });

  test('numbers compare by exact value across types', async () => {
    await dishes.insertMany([
      { v: 1 },
      { v: Long.fromNumber(1) },
      { v: Decimal128.fromString('1.00') },
      { v: Decimal128.fromString('0.1') },
      { v: 0.5 },
    ]);
    expect(await dishes.countDocuments({ v: 1 })).toBe(3);
    expect(await dishes.countDocuments({ v: Decimal128.fromString('1') })).toBe(3);
    expect(await dishes.countDocuments({ v: 0.1 })).toBe(0);
    expect(await dishes.countDocuments({ v: { $lt: 1 } })).toBe(2);
    expect(await dishes.countDocuments({ v: Decimal128.fromString('0.50') })).toBe(1);
  });
});

describe('update', () => {
  beforeEach(seed);

  const after = async (update: Document, filter: Document = { _id: 1 }) => {
    await dishes.updateOne(filter, update);
    return dishes.findOne(filter);
  };

  test('$set, $unset, $inc, $mul, $min, $max, $rename and $currentDate', async () => {
    const doc = await after({
      $set: { 'station.label': 'A', extra: { a: [1] } },
      $unset: { tags: '' },
      $inc: { price: 50, orders: 1 },
      $mul: { 'station.slots': 2 },
      $min: { low: 3 },
      $rename: { name: 'title' },
      $currentDate: { seen: true },
    });
    expect(doc).toEqual({
      _id: 1,
      title: 'Margherita',
      price: 950,
      orders: 1,
      station: { kind: 'oven', slots: 8, label: 'A' },
      extra: { a: [1] },
      low: 3,
      seen: expect.any(Date),
    });
  });

  test('$push, $addToSet, $pull, $pullAll and $pop', async () => {
    expect((await after({ $push: { tags: 'new' } }))?.tags).toEqual(['vegetarian', 'classic', 'new']);
    expect((await after({ $push: { tags: { $each: ['a', 'b'], $position: 0, $slice: 4 } } }))?.tags).toEqual([
      'a',
      'b',
      'vegetarian',
      'classic',
    ]);
    expect((await after({ $addToSet: { tags: { $each: ['a', 'c'] } } }))?.tags).toEqual([
      'a',
      'b',
      'vegetarian',
      'classic',
      'c',
    ]);
    expect((await after({ $pull: { tags: { $in: ['a', 'c'] } } }))?.tags).toEqual(['b', 'vegetarian', 'classic']);
    expect((await after({ $pullAll: { tags: ['b'] } }))?.tags).toEqual(['vegetarian', 'classic']);
    expect((await after({ $pop: { tags: 1 } }))?.tags).toEqual(['vegetarian']);
  });

  test('reports what it matched and what it changed', async () => {
    expect(await dishes.updateMany({ price: { $gt: 0 } }, { $set: { 'station.slots': 2 } })).toMatchObject({
      matchedCount: 3,
      modifiedCount: 1,
    });
  });

  test('upserts with $setOnInsert, from the equalities of the filter', async () => {
    const upsert = () =>
      dishes.updateOne(
        { sku: 'x', price: { $gt: 5 } },
        { $set: { seen: true }, $setOnInsert: { first: 1 } },
        { upsert: true },
      );
    expect(await upsert()).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
    expect(await dishes.findOne({ sku: 'x' })).toEqual({ _id: expect.any(ObjectId), sku: 'x', seen: true, first: 1 });
    await dishes.updateOne({ sku: 'x' }, { $set: { first: 2, price: 6 } });
    expect(await upsert()).toMatchObject({ matchedCount: 1, modifiedCount: 0, upsertedCount: 0 });
  });

  test('replaces, and keeps _id', async () => {
    await dishes.replaceOne({ _id: 1 as never }, { name: 'New' });
    expect(await dishes.findOne({ _id: 1 as never })).toEqual({ _id: 1, name: 'New' });
    await expect(dishes.updateOne({ _id: 1 as never }, { $set: { _id: 9 } })).rejects.toMatchObject({ code: 66 });
  });

  test('refuses conflicting paths and ways through scalars', async () => {
    await expect(after({ $set: { a: 1 }, $inc: { 'a.b': 1 } })).rejects.toMatchObject({ code: 40 });
    await expect(after({ $set: { 'name.first': 1 } })).rejects.toMatchObject({ code: 28 });
    await expect(after({ $inc: { name: 1 } })).rejects.toMatchObject({ code: 14 });
  });

  test('findOneAndUpdate, findOneAndReplace and findOneAndDelete return before or after', async () => {
    expect(
      await dishes.findOneAndUpdate(
        { tags: { $exists: true } },
        { $inc: { price: 1 } },
        { sort: { price: -1 }, returnDocument: 'after', projection: { price: 1 } },
      ),
    ).toEqual({ _id: 2, price: 1201 });
    expect(
      await dishes.findOneAndUpdate(
        { _id: 77 as never },
        { $set: { a: 1 } },
        { upsert: true, returnDocument: 'after' },
      ),
    ).toEqual({ _id: 77, a: 1 });
    expect(await dishes.findOneAndReplace({ _id: 77 as never }, { b: 1 })).toEqual({ _id: 77, a: 1 });
    expect(await dishes.findOneAndDelete({ _id: 77 as never })).toEqual({ _id: 77, b: 1 });
    expect(await dishes.findOneAndDelete({ _id: 77 as never })).toBeNull();
  });

  test('deletes one and many', async () => {
    expect((await dishes.deleteOne({ price: { $gt: 0 } })).deletedCount).toBe(1);
    expect((await dishes.deleteMany({ price: { $gt: 0 } })).deletedCount).toBe(2);
  });

  test('a hostile path changes no prototype', async () => {
    await dishes.updateOne({ _id: 1 as never }, { $set: { 'constructor.prototype.hacked': 1 } });
    expect(({} as { hacked?: number }).hacked).toBeUndefined();
    expect((await dishes.findOne({ _id: 1 as never }))?.constructor).toEqual({ prototype: { hacked: 1 } });
  });
});

describe('indexes', () => {
  test('a unique index gives code 11000 with its key, also against documents of the same batch', async () => {
    await dishes.createIndex({ sku: 1 }, { unique: true });
    await dishes.insertOne({ sku: 'a' });
    const error = await dishes.insertOne({ sku: 'a' }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(MongoServerError);
    expect(error).toMatchObject({ code: 11000, keyPattern: { sku: 1 }, keyValue: { sku: 'a' } });
    await expect(dishes.insertMany([{ sku: 'b' }, { sku: 'c' }, { sku: 'b' }, { sku: 'd' }])).rejects.toMatchObject({
      code: 11000,
    });
    expect((await dishes.distinct('sku')).toSorted(compareValues)).toEqual(['a', 'b', 'c']);
    await expect(dishes.updateOne({ sku: 'a' }, { $set: { sku: 'b' } })).rejects.toMatchObject({ code: 11000 });
    await expect(
      dishes.insertOne({ _id: 1 as never }).then(() => dishes.insertOne({ _id: 1 as never, sku: 'z' })),
    ).rejects.toMatchObject({ code: 11000, keyPattern: { _id: 1 } });
  });

  test('an unordered batch goes on behind a duplicate', async () => {
    await dishes.createIndex({ sku: 1 }, { unique: true });
    await expect(
      dishes.insertMany([{ sku: 'a' }, { sku: 'a' }, { sku: 'b' }], { ordered: false }),
    ).rejects.toMatchObject({ code: 11000 });
    expect(await dishes.countDocuments()).toBe(2);
  });

  test('sparse and partial unique indexes ignore what they do not cover', async () => {
    await dishes.createIndex({ email: 1 }, { unique: true, sparse: true });
    await dishes.createIndex({ sku: 1 }, { unique: true, partialFilterExpression: { active: true } });
    await dishes.insertMany([{ sku: 'a', active: true }, { sku: 'a', active: false }, {}]);
    await expect(dishes.insertOne({ sku: 'a', active: true })).rejects.toMatchObject({ code: 11000 });
    expect(await dishes.countDocuments({ sku: 'a' })).toBe(2);
  });

  test('a compound index answers equality and stays right after updates', async () => {
    await dishes.createIndex({ a: 1, 'b.c': -1 });
    await dishes.insertMany([{ a: 1, b: { c: 1 } }, { a: 1, b: [{ c: 2 }, { c: 3 }] }, { a: 2 }]);
    expect(await dishes.countDocuments({ a: 1, 'b.c': 3 })).toBe(1);
    expect(await dishes.countDocuments({ a: 2, 'b.c': null })).toBe(1);
    await dishes.updateOne({ 'b.c': 3 }, { $set: { a: 5 } });
    expect(await dishes.countDocuments({ a: { $in: [5] }, 'b.c': 2 })).toBe(1);
    expect(await dishes.countDocuments({ a: 1, 'b.c': 2 })).toBe(0);
  });

  test('are listed, refused when they clash, and dropped', async () => {
    expect(await dishes.createIndex({ price: 1 }, { name: 'by_price' })).toBe('by_price');
    await dishes.createIndex({ price: 1 }, { name: 'by_price' });
    await expect(dishes.createIndex({ price: 1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 });
    await expect(dishes.createIndex({ cost: 1 }, { name: 'by_price' })).rejects.toMatchObject({ code: 86 });
    expect((await dishes.listIndexes().toArray()).map((index) => index.name as string)).toEqual(['_id_', 'by_price']);
    await dishes.dropIndex('by_price');
    expect(await dishes.indexes()).toHaveLength(1);
    await dishes.insertMany([{ x: 1 }, { x: 1 }]);
    await expect(dishes.createIndex({ x: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
  });

  test('a text index finds words, phrases and plurals, without excluded words, best first', async () => {
    await dishes.createIndex({ name: 'text', about: 'text' }, { weights: { name: 10, about: 1 } });
    await dishes.insertMany([
      { _id: 1 as never, name: 'Tomato soup', about: 'With basil and cream' },
      { _id: 2 as never, name: 'Pizza', about: 'Baked with tomatoes and basil' },
      { _id: 3 as never, name: 'Fries', about: 'Just potatoes' },
    ]);
    const score = { $meta: 'textScore' };
    const search = async ($search: string) =>
      (await dishes.find({ $text: { $search } }).project({ score }).sort({ score }).toArray()).map(
        (doc) => doc._id as unknown,
      );
    expect(await search('tomatoes')).toEqual([1, 2]);
    expect(await search('POTATO pizza')).toEqual([2, 3]);
    expect(await search('tomato -soup')).toEqual([2]);
    expect(await search('"with basil"')).toEqual([1]);
    expect(await search('with and')).toEqual([]);
    const [best] = await dishes
      .find({ $text: { $search: 'pizza' } })
      .project<{ score: number }>({ score })
      .toArray();
    expect(best?.score).toBeCloseTo(11, 5);
    expect(await dishes.aggregate([{ $match: { $text: { $search: 'basil' } } }, { $count: 'n' }]).toArray()).toEqual([
      { n: 2 },
    ]);
  });
});

describe('aggregate', () => {
  beforeEach(seed);

  test('$match, $group, $sort, $project', async () => {
    const pipeline = [
      { $match: { price: { $ne: null } } },
      {
        $group: {
          _id: '$station.slots',
          n: { $sum: 1 },
          total: { $sum: '$price' },
          names: { $push: '$name' },
          dearest: { $max: '$price' },
          mean: { $avg: '$price' },
        },
      },
      { $sort: { _id: 1 } },
      { $project: { n: 1, total: 1, names: 1, dearest: 1, mean: 1, label: { $concat: ['s', { $toString: '$_id' }] } } },
    ];
    expect(await dishes.aggregate(pipeline).toArray()).toEqual([
      { _id: 2, n: 2, total: 1600, names: ['Burger', 'Fries'], dearest: 1200, mean: 800, label: 's2' },
      { _id: 4, n: 1, total: 900, names: ['Margherita'], dearest: 900, mean: 900, label: 's4' },
    ]);
  });

  test('$lookup joins by ObjectId, $unwind and $facet', async () => {
    const [a, b] = [new ObjectId(), new ObjectId()];
    await db.collection('categories').insertMany([
      { _id: a, title: 'A' },
      { _id: b, title: 'B' },
    ]);
    await db
      .collection('items')
      .insertMany([{ _id: 1 as never, category: a }, { _id: 2 as never, category: b }, { _id: 3 as never }]);
    const joined = await db
      .collection('items')
      .aggregate([
        { $lookup: { from: 'categories', localField: 'category', foreignField: '_id', as: 'category' } },
        { $unwind: { path: '$category', preserveNullAndEmptyArrays: true } },
        { $addFields: { 'category.seen': true } },
        {
          $facet: {
            titles: [
              { $match: { 'category.title': { $exists: true } } },
              { $sort: { _id: -1 } },
              { $project: { _id: 0, t: '$category.title' } },
            ],
            all: [{ $count: 'n' }],
          },
        },
      ])
      .toArray();
    expect(joined).toEqual([{ titles: [{ t: 'B' }, { t: 'A' }], all: [{ n: 3 }] }]);
    expect(await db.collection('categories').findOne({ _id: a })).toEqual({ _id: a, title: 'A' });
  });

  test('groups by ObjectId and by document, with $addToSet and $first', async () => {
    const id = new ObjectId();
    await db.collection('g').insertMany([
      { k: id, v: 1 },
      { k: new ObjectId(id.toHexString()), v: 1 },
      { k: { a: 1 }, v: 2 },
    ]);
    const groups = await db
      .collection('g')
      .aggregate([
        { $group: { _id: '$k', n: { $count: {} }, v: { $addToSet: '$v' }, f: { $first: '$v' } } },
        { $sort: { n: -1 } },
      ])
      .toArray();
    expect(groups).toEqual([
      { _id: id, n: 2, v: [1], f: 1 },
      { _id: { a: 1 }, n: 1, v: [2], f: 2 },
    ]);
  });

  test('$toObjectId, $toString and $cond', async () => {
    const id = new ObjectId();
    await db.collection('t').insertOne({ _id: id, hex: id.toHexString() });
    const [row] = await db
      .collection('t')
      .aggregate([
        {
          $project: {
            _id: 0,
            same: { $eq: ['$_id', { $toObjectId: '$hex' }] },
            text: { $toString: '$_id' },
            yes: { $cond: [{ $lt: ['$missing', null] }, 'y', 'n'] },
          },
        },
      ])
      .toArray();
    expect(row).toEqual({ same: true, text: id.toHexString(), yes: 'y' });
  });
});

describe('transactions', () => {
  test('commit shows all writes at once, abort none', async () => {
    const session = client.startSession();
    session.startTransaction();
    await dishes.insertOne({ _id: 1 as never }, { session });
    expect(await dishes.findOne({ _id: 1 as never })).toBeNull();
    expect(await dishes.findOne({ _id: 1 as never }, { session })).not.toBeNull();
    await session.commitTransaction();
    expect(await dishes.countDocuments()).toBe(1);
    session.startTransaction();
    await dishes.deleteMany({}, { session });
    await dishes.insertOne({ _id: 2 as never }, { session });
    expect(await dishes.countDocuments({}, { session })).toBe(1);
    await session.abortTransaction();
    expect(await ids({})).toEqual([1]);
    await session.endSession();
  });

  test('read the snapshot of their beginning, by scan and by index', async () => {
    await dishes.createIndex({ sku: 1 });
    await dishes.insertMany([
      { _id: 1 as never, sku: 'a', v: 1 },
      { _id: 2 as never, sku: 'b', v: 1 },
    ]);
    const session = client.startSession();
    session.startTransaction({ readConcern: { level: 'snapshot' } });
    await dishes.findOne({ sku: 'b' }, { session });
    await dishes.updateOne({ _id: 1 as never }, { $set: { sku: 'c', v: 2 } });
    await dishes.deleteOne({ _id: 2 as never });
    await dishes.insertOne({ _id: 3 as never, sku: 'a' });
    expect((await dishes.find({ sku: 'a' }, { session }).toArray()).map((d) => [d._id, d.v])).toEqual([[1, 1]]);
    expect(await dishes.find({}, { session }).toArray()).toHaveLength(2);
    await session.commitTransaction();
    await session.endSession();
    expect(await ids({})).toEqual([1, 3]);
  });

  test('two writers of one document: the second gets WriteConflict, TransientTransactionError', async () => {
    await dishes.insertOne({ _id: 1 as never, v: 0 });
    const [first, second] = [client.startSession(), client.startSession()];
    first.startTransaction();
    second.startTransaction();
    await dishes.updateOne({ _id: 1 as never }, { $inc: { v: 1 } }, { session: first });
    const error = await dishes
      .updateOne({ _id: 1 as never }, { $inc: { v: 1 } }, { session: second })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 112 });
    expect((error as MongoServerError).hasErrorLabel('TransientTransactionError')).toBe(true);
    await first.commitTransaction();
    await second.abortTransaction();
    await Promise.all([first.endSession(), second.endSession()]);
    expect(await dishes.findOne({ _id: 1 as never })).toEqual({ _id: 1, v: 1 });
  });

  test('withTransaction retries conflicts, so that no increment is lost', async () => {
    await dishes.insertOne({ _id: 1 as never, v: 0 });
    const increment = () =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          const doc = await dishes.findOne({ _id: 1 as never }, { session });
          await dishes.updateOne({ _id: 1 as never }, { $set: { v: (doc?.v as number) + 1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 8 }, increment));
    expect(await dishes.findOne({ _id: 1 as never })).toEqual({ _id: 1, v: 8 });
  });

  test('a plain write waits for the transaction that holds its document', async () => {
    await dishes.insertOne({ _id: 1 as never, v: 0 });
    const session = client.startSession();
    session.startTransaction();
    await dishes.updateOne({ _id: 1 as never }, { $inc: { v: 1 } }, { session });
    const order: string[] = [];
    const plain = dishes.updateOne({ _id: 1 as never }, { $inc: { v: 10 } }).then(() => order.push('plain'));
    await dishes.findOne({ _id: 1 as never }, { session });
    order.push('commit');
    await session.commitTransaction();
    await plain;
    await session.endSession();
    expect(order).toEqual(['commit', 'plain']);
    expect((await dishes.findOne({ _id: 1 as never }))?.v).toBe(11);
  });

  test('a unique value freed and taken inside one transaction is no duplicate', async () => {
    await dishes.createIndex({ sku: 1 }, { unique: true });
    await dishes.insertOne({ _id: 1 as never, sku: 'a' });
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await dishes.updateOne({ _id: 1 as never }, { $set: { sku: 'b' } }, { session });
        await dishes.insertOne({ _id: 2 as never, sku: 'a' }, { session });
        await expect(dishes.findOne({ sku: 'a' }, { session })).resolves.toMatchObject({ _id: 2 });
      }),
    );
    await expect(dishes.insertOne({ sku: 'b' })).rejects.toMatchObject({ code: 11000 });
  });

  test('an error inside ends the transaction', async () => {
    const session = client.startSession();
    session.startTransaction();
    await dishes.insertOne({ _id: 1 as never }, { session });
    await expect(dishes.insertOne({ _id: 1 as never }, { session })).rejects.toMatchObject({ code: 11000 });
    await expect(dishes.findOne({}, { session })).rejects.toMatchObject({ code: 251 });
    await session.abortTransaction();
    await session.endSession();
    expect(await dishes.countDocuments()).toBe(0);
  });
});

describe('writes that are sent twice', () => {
  test('take effect once: a retry with the same txnNumber gets the first reply', async () => {
    await dishes.insertOne({ _id: 1 as never, v: 0 });
    const lsid = { id: new UUID() };
    const increment = {
      update: 'dishes',
      updates: [{ q: { _id: 1 }, u: { $inc: { v: 1 } } }],
      lsid,
      txnNumber: Long.fromNumber(7),
    };
    const raw = new MongoClient(server.uri, { retryWrites: false });
    try {
      const admin = raw.db(server.database);
      const replies = [await admin.command(increment), await admin.command(increment)];
      expect(replies).toMatchObject([
        { n: 1, nModified: 1 },
        { n: 1, nModified: 1 },
      ]);
    } finally {
      await raw.close();
    }
    expect((await dishes.findOne({ _id: 1 as never }))?.v).toBe(1);
  });
});

describe('catalog', () => {
  test('creates, lists and drops collections and databases', async () => {
    await db.createCollection('one');
    await dishes.insertOne({});
    expect(
      (await db.listCollections({}, { nameOnly: true }).toArray()).map((c) => c.name).toSorted(compareValues),
    ).toEqual(['dishes', 'one']);
    expect(await db.listCollections({ name: 'one' }).toArray()).toHaveLength(1);
    await db.dropCollection('one');
    await db.dropDatabase();
    expect(await db.listCollections().toArray()).toEqual([]);
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  test('a direct connection and a bare URI work too', async () => {
    const { host, username, password } = new URL(server.uri);
    const credentials = username ? `${username}:${password}@` : '';
    for (const query of ['', '?directConnection=true']) {
      const other = await new MongoClient(`mongodb://${credentials}${host}/${query}`).connect();
      try {
        await other.withSession((session) =>
          session.withTransaction(() =>
            other.db(server.database).collection('dishes').insertOne({ query }, { session }),
          ),
        );
      } finally {
        await other.close();
      }
    }
    expect(await dishes.countDocuments()).toBe(2);
  });
});
