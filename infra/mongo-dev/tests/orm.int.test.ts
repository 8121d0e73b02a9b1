import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { defineEntity, MikroORM, p, type EntityManager } from '@mikro-orm/mongodb';
import { testServer, type TestServer } from './server.ts';

const Category = defineEntity({
  name: 'Category',
  properties: { _id: p.string().primary(), title: p.string().unique() },
});

const Dish = defineEntity({
  name: 'Dish',
  indexes: [
    { properties: ['name', 'about'], type: 'fulltext', options: { weights: { name: 10, about: 1 } } },
    { properties: ['category', 'price'] },
  ],
  properties: {
    _id: p.string().primary(),
    version: p.integer().version(),
    name: p.string(),
    about: p.string(),
    price: p.integer(),
    tags: p.array(),
    attributes: p.json<Record<string, unknown>>(),
    category: () => p.manyToOne(Category).nullable(),
  },
});

let server: TestServer;
let orm: MikroORM;
let em: EntityManager;

beforeAll(async () => {
  server = await testServer();
  orm = await MikroORM.init({
    clientUrl: server.uri,
    dbName: `${server.database}_orm`,
    entities: [Category, Dish],
    implicitTransactions: true,
  });
  await orm.schema.create();
});

afterAll(async () => {
  await orm?.em.getConnection().getDb().dropDatabase();
  await orm?.close(true);
  await server?.stop();
});

beforeEach(async () => {
  em = orm.em.fork() as EntityManager;
  await em.nativeDelete(Dish, {});
  await em.nativeDelete(Category, {});
});

const dish = (id: string, fields: Partial<{ name: string; about: string; price: number; tags: string[] }> = {}) =>
  em.create(Dish, {
    _id: id,
    name: `Dish ${id}`,
    about: 'plain',
    price: 100,
    tags: [],
    attributes: { spicy: 1 },
    ...fields,
  });

async function seed() {
  const pizza = em.create(Category, { _id: 'c1', title: 'Pizza' });
  dish('d1', { name: 'Margherita', about: 'tomato and basil', price: 900, tags: ['vegetarian'] }).category = pizza;
  dish('d2', { name: 'Funghi', about: 'with mushrooms', price: 1100, tags: ['vegetarian', 'new'] }).category = pizza;
  dish('d3', { name: 'Tomato soup', about: 'hot', price: 500 });
  await em.flush();
  em.clear();
}

describe('the ORM', () => {
  test('creates indexes, twice without complaint', async () => {
    await orm.schema.create();
    await orm.schema.ensureIndexes();
    const indexes = await em.getCollection(Dish).indexes();
    expect(indexes.some((index) => index.weights)).toBe(true);
    expect(indexes.some((index) => JSON.stringify(index.key) === '{"category":1,"price":1}')).toBe(true);
  });

  test('flushes a graph and reads it back with populate', async () => {
    await seed();
    const dishes = await em.find(Dish, { category: 'c1', tags: 'new' }, { populate: ['category'] });
    expect(dishes.map(({ _id, category, attributes }) => ({ _id, title: category?.title, attributes }))).toEqual([
      { _id: 'd2', title: 'Pizza', attributes: { spicy: 1 } },
    ]);
    dishes[0]!.price = 1;
    em.remove(em.getReference(Dish, 'd3'));
    await em.flush();
    expect(await em.fork().count(Dish, { price: { $lte: 500 } })).toBe(1);
  });

  test('finds with order, limit, offset, partial fields and a cursor', async () => {
    await seed();
    const found = await em.find(
      Dish,
      { $or: [{ price: { $gt: 800 } }, { name: /soup$/ }] },
      { orderBy: { price: 'desc' }, limit: 2, offset: 1, fields: ['name'] },
    );
    expect(found.map(({ name }) => name)).toEqual(['Margherita', 'Tomato soup']);
    const page = await em.findByCursor(Dish, { where: {}, first: 2, orderBy: { price: 'asc', _id: 'asc' } });
    expect([page.items.map(({ _id }) => _id), page.totalCount, page.hasNextPage]).toEqual([['d3', 'd1'], 3, true]);
    const next = await em.findByCursor(Dish, {
      where: {},
      first: 2,
      after: page,
      orderBy: { price: 'asc', _id: 'asc' },
    });
    expect(next.items.map(({ _id }) => _id)).toEqual(['d2']);
  });

  test('searches with $fulltext, also beside other conditions', async () => {
    await seed();
    expect((await em.find(Dish, { $fulltext: 'tomatoes' } as never)).map(({ _id }) => _id).toSorted()).toEqual([
      'd1',
      'd3',
    ]);
    expect((await em.find(Dish, { $fulltext: 'tomato', price: { $gt: 600 } } as never)).map(({ _id }) => _id)).toEqual([
      'd1',
    ]);
  });

  test('upserts one and many', async () => {
    const row = (price: number) => ({ _id: 'd9', version: 1, name: 'N', about: 'A', price, tags: [], attributes: {} });
    await em.upsert(Dish, row(1));
    em.clear();
    await em.upsert(Dish, row(2));
    await em.upsertMany(Dish, [row(3), { ...row(4), _id: 'd10' }]);
    const stored = await em.fork().find(Dish, {}, { orderBy: { price: 'asc' } });
    expect(stored.map(({ _id, price }) => [_id, price])).toEqual([
      ['d9', 3],
      ['d10', 4],
    ]);
  });

  test('detects a lost update by the version', async () => {
    await seed();
    const [mine, theirs] = [orm.em.fork(), orm.em.fork()];
    const [a, b] = await Promise.all([mine.findOneOrFail(Dish, 'd1'), theirs.findOneOrFail(Dish, 'd1')]);
    a.price = 1;
    await mine.flush();
    b.price = 2;
    await expect(theirs.flush()).rejects.toThrow(OptimisticLockError);
    expect((await em.fork().findOneOrFail(Dish, 'd1')).price).toBe(1);
    await expect(em.fork().findOneOrFail(Dish, 'd1', { lockMode: 1, lockVersion: 1 })).rejects.toThrow(
      OptimisticLockError,
    );
  });

  test('a flush that fails half way leaves nothing behind', async () => {
    await seed();
    const fork = orm.em.fork();
    fork.create(Dish, { _id: 'd8', name: 'N', about: 'A', price: 1, tags: [], attributes: {} });
    fork.create(Category, { _id: 'c2', title: 'Pizza' });
    await expect(fork.flush()).rejects.toThrow(UniqueConstraintViolationException);
    expect(await em.count(Dish, { _id: 'd8' })).toBe(0);
  });

  test('rolls a transaction back, and commits one', async () => {
    await seed();
    const change = (fail: boolean) =>
      orm.em.fork().transactional(async (inner) => {
        (await inner.findOneOrFail(Dish, 'd1')).price = 7;
        await inner.flush();
        await inner.nativeUpdate(Dish, { price: { $gt: 1000 } }, { price: 8 });
        if (fail) throw new Error('no');
      });
    await expect(change(true)).rejects.toThrow('no');
    expect(await em.fork().count(Dish, { price: { $lt: 100 } })).toBe(0);
    await change(false);
    expect(await em.fork().count(Dish, { price: { $lt: 100 } })).toBe(2);
  });

  test('aggregates with $lookup', async () => {
    await seed();
    const rows = await em.aggregate(Dish, [
      { $match: { category: { $ne: null } } },
      { $lookup: { from: 'category', localField: 'category', foreignField: '_id', as: 'category' } },
      { $unwind: '$category' },
      { $group: { _id: '$category.title', n: { $sum: 1 }, cheapest: { $min: '$price' } } },
    ]);
    expect(rows).toEqual([{ _id: 'Pizza', n: 2, cheapest: 900 }]);
  });
});
